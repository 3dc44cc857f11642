//! What lies outside: extensions, foreign data, publications, subscriptions.

use squawk_syntax::{SyntaxKind as K, SyntaxNode as Node};

use super::node::{Lower, Result, Tree};
use crate::ast::{
    AlterExtension, AlterExtensionAction, AlterPublication, AlterPublicationAction,
    AlterSubscription, AlterSubscriptionAction, CreateExtension, CreatePublication,
    CreateSubscription, ForeignDataWrapper, ForeignOption, ForeignServer, ImportFilter,
    ImportForeignSchema, OptionAction, PublicationObject, RelationRef, SubscriptionSource,
    UserMapping, UserMappingCommand,
};

impl Lower {
    pub(super) fn create_extension(self, node: &Node) -> Result<CreateExtension> {
        Ok(CreateExtension {
            name: self.ident_in(node, K::EXTENSION)?,
            if_not_exists: node.has(K::IF_NOT_EXISTS),
            schema: self
                .opt(node, K::EXTENSION_SCHEMA, |it, clause| it.ident_in(clause, K::SCHEMA_REF))?,
            version: self.opt(node, K::EXTENSION_VERSION_CLAUSE, |it, clause| {
                it.word_or_string(clause, K::EXTENSION_VERSION)
            })?,
            cascade: node.has(K::CASCADE_KW),
        })
    }

    pub(super) fn alter_extension(self, node: &Node) -> Result<AlterExtension> {
        let object = |part: &Node| self.object_ref(&self.found(part, part.first_child())?);
        let action =
            if let Some(add) = node.kid(K::ALTER_EXTENSION_ADD) {
                AlterExtensionAction::Add(object(&add)?)
            } else if let Some(drop) = node.kid(K::ALTER_EXTENSION_DROP) {
                AlterExtensionAction::Drop(object(&drop)?)
            } else {
                let update = self.need(node, K::ALTER_EXTENSION_UPDATE)?;
                AlterExtensionAction::Update(self.opt(&update, K::UPDATE_TO, |it, to| {
                    it.word_or_string(to, K::EXTENSION_VERSION)
                })?)
            };
        Ok(AlterExtension { name: self.ident_in(node, K::EXTENSION_REF)?, action })
    }

    /// The `OPTIONS (…)` below a node; none where there is no such clause.
    pub(super) fn foreign_options(self, node: &Node) -> Result<Vec<ForeignOption>> {
        match node.any(&[K::ALTER_OPTION_LIST, K::OPTION_ALTER_OPTION_LIST]) {
            Some(list) => self.alter_options(&list),
            None => Ok(Vec::new()),
        }
    }

    pub(super) fn alter_options(self, list: &Node) -> Result<Vec<ForeignOption>> {
        list.children()
            .map(|option| {
                let action = match option.kind() {
                    K::ADD_FOREIGN_OPTION => OptionAction::Add,
                    K::SET_FOREIGN_OPTION => OptionAction::Set,
                    _ => OptionAction::Drop,
                };
                let value = if action == OptionAction::Drop {
                    None
                } else {
                    Some(self.string_in(&option)?)
                };
                let name = self.ident_in(&option, K::FOREIGN_OPTION_NAME)?;
                Ok(ForeignOption { action, name, value })
            })
            .collect()
    }

    /// `CREATE` and `ALTER FOREIGN DATA WRAPPER`.
    pub(super) fn foreign_data_wrapper(self, node: &Node) -> Result<ForeignDataWrapper> {
        let alter = node.kind() == K::ALTER_FOREIGN_DATA_WRAPPER;
        let name = if alter { K::FOREIGN_DATA_WRAPPER_REF } else { K::FOREIGN_DATA_WRAPPER };
        let list = node.kid(K::FDW_OPTION_LIST);
        let mut options = self.foreign_options(node)?;
        let mut functions = Vec::new();
        for option in list.iter().flat_map(Node::children) {
            match option.kind() {
                K::OPTION_HANDLER | K::OPTION_VALIDATOR | K::OPTION_CONNECTION => {
                    functions.push(self.name_in(&option, K::FUNCTION_NAME_REF)?);
                }
                K::OPTION_ALTER_OPTION_LIST | K::ALTER_OPTION_LIST => {
                    options.extend(self.alter_options(&option)?);
                }
                _ => {}
            }
        }
        let some = list.is_some_and(|it| it.first_child().is_some());
        if alter && !some && options.is_empty() {
            return Err(self.missing(node));
        }
        Ok(ForeignDataWrapper { alter, name: self.ident_in(node, name)?, functions, options })
    }

    /// `CREATE` and `ALTER SERVER`.
    pub(super) fn foreign_server(self, node: &Node) -> Result<ForeignServer> {
        let alter = node.kind() == K::ALTER_SERVER;
        let options = self.foreign_options(node)?;
        let version = self.opt(node, K::SERVER_VERSION, Self::string_in)?;
        if alter && version.is_none() && !node.has(K::ALTER_OPTION_LIST) {
            return Err(self.missing(node));
        }
        Ok(ForeignServer {
            alter,
            name: self.ident_in(node, if alter { K::SERVER_REF } else { K::SERVER })?,
            if_not_exists: node.has(K::IF_NOT_EXISTS),
            wrapper: if alter {
                None
            } else {
                Some(self.ident_in(node, K::FOREIGN_DATA_WRAPPER_REF)?)
            },
            ty: self.opt(node, K::SERVER_TYPE, Self::string_in)?,
            version,
            options,
        })
    }

    pub(super) fn user_mapping(self, node: &Node) -> Result<UserMapping> {
        let command = match node.kind() {
            K::CREATE_USER_MAPPING => UserMappingCommand::Create,
            K::ALTER_USER_MAPPING => UserMappingCommand::Alter,
            _ => UserMappingCommand::Drop,
        };
        let role = match node.any(&[K::USER_MAPPING_ROLE, K::ROLE_REF]) {
            Some(role) if role.kind() == K::USER_MAPPING_ROLE => {
                self.opt(&role, K::ROLE_REF, Self::role)?
            }
            Some(role) => Some(self.role(&role)?),
            None => return Err(self.missing(node)),
        };
        let server = self.need(node, K::SERVER_CLAUSE)?;
        Ok(UserMapping {
            command,
            role,
            server: self.ident_in(&server, K::SERVER_REF)?,
            if_exists: node.has(K::IF_EXISTS) || node.has(K::IF_NOT_EXISTS),
            options: self.foreign_options(node)?,
        })
    }

    pub(super) fn import_foreign_schema(self, node: &Node) -> Result<ImportForeignSchema> {
        let tables = |list: &Node| self.some(list, K::REMOTE_TABLE_NAME_REF, Self::ident);
        let filter = if let Some(list) = node.kid(K::LIMIT_TO_TABLES) {
            ImportFilter::LimitTo(tables(&list)?)
        } else if let Some(list) = node.kid(K::EXCEPT_TABLES) {
            ImportFilter::Except(tables(&list)?)
        } else {
            ImportFilter::All
        };
        let server = self.need(node, K::SERVER_CLAUSE)?;
        let into = self.need(node, K::INTO_SCHEMA)?;
        Ok(ImportForeignSchema {
            remote: self.ident_in(node, K::SCHEMA_REF)?,
            filter,
            server: self.ident_in(&server, K::SERVER_REF)?,
            into: self.ident_in(&into, K::SCHEMA_REF)?,
            options: self.foreign_options(node)?,
        })
    }

    // Publications and subscriptions.

    pub(super) fn create_publication(self, node: &Node) -> Result<CreatePublication> {
        let clause = node.any(&[K::FOR_ALL_PUBLICATION_OBJECTS, K::FOR_PUBLICATION_OBJECTS]);
        Ok(CreatePublication {
            name: self.ident_in(node, K::PUBLICATION)?,
            objects: match clause {
                Some(clause) => self.publication_objects(&clause)?,
                None => Vec::new(),
            },
            with: self.with_params(node)?,
        })
    }

    fn publication_objects(self, clause: &Node) -> Result<Vec<PublicationObject>> {
        let objects = clause.children().filter(|it| it.kind() != K::EXCEPT_TABLE_CLAUSE);
        let objects: Vec<PublicationObject> = objects
            .map(|it| {
                Ok(match it.kind() {
                    K::ALL_PUBLICATION_TABLES => PublicationObject::AllTables,
                    K::ALL_PUBLICATION_SEQUENCES => PublicationObject::AllSequences,
                    K::PUBLICATION_OBJECT_TABLE => PublicationObject::Table {
                        table: RelationRef {
                            name: self.name_in(&it, K::TABLE_NAME_REF)?,
                            only: it.has(K::ONLY_KW),
                        },
                        columns: self.column_list(&it)?,
                        filter: self.expr_of(&it, K::WHERE_CONDITION_CLAUSE)?,
                    },
                    _ => PublicationObject::TablesInSchema(self.opt(
                        &it,
                        K::SCHEMA_REF,
                        Self::ident,
                    )?),
                })
            })
            .collect::<Result<_>>()?;
        if objects.is_empty() { Err(self.missing(clause)) } else { Ok(objects) }
    }

    pub(super) fn alter_publication(self, node: &Node) -> Result<AlterPublication> {
        let action = node.children().find(|it| it.kind() != K::PUBLICATION_REF);
        let action = self.found(node, action)?;
        let action = match action.kind() {
            K::ADD_PUBLICATION_OBJECTS => {
                AlterPublicationAction::Add(self.publication_objects(&action)?)
            }
            K::DROP_PUBLICATION_OBJECTS => {
                AlterPublicationAction::Drop(self.publication_objects(&action)?)
            }
            K::SET_OPTIONS => AlterPublicationAction::SetOptions(self.need_definition(&action)?),
            _ => AlterPublicationAction::Set(self.publication_objects(&action)?),
        };
        Ok(AlterPublication { name: self.ident_in(node, K::PUBLICATION_REF)?, action })
    }

    fn subscription_source(self, node: &Node) -> Result<SubscriptionSource> {
        match node.kid(K::SERVER_CLAUSE) {
            Some(server) => self.ident_in(&server, K::SERVER_REF).map(SubscriptionSource::Server),
            None => self
                .string_in(&self.need(node, K::CONNECTION_CLAUSE)?)
                .map(SubscriptionSource::Connection),
        }
    }

    pub(super) fn create_subscription(self, node: &Node) -> Result<CreateSubscription> {
        Ok(CreateSubscription {
            name: self.ident_in(node, K::SUBSCRIPTION)?,
            source: self.subscription_source(node)?,
            publications: self.some(node, K::PUBLICATION_REF, Self::ident)?,
            with: self.with_params(node)?,
        })
    }

    pub(super) fn alter_subscription(self, node: &Node) -> Result<AlterSubscription> {
        let action = node.children().find(|it| it.kind() != K::SUBSCRIPTION_REF);
        let action = self.found(node, action)?;
        let publications = || self.some(&action, K::PUBLICATION_REF, Self::ident);
        let action = match action.kind() {
            K::CONNECTION_CLAUSE | K::SERVER_CLAUSE => {
                AlterSubscriptionAction::Source(self.subscription_source(node)?)
            }
            K::ADD_PUBLICATION => AlterSubscriptionAction::AddPublications(publications()?),
            K::SET_PUBLICATION => AlterSubscriptionAction::SetPublications(publications()?),
            K::DROP_SUBSCRIPTION_PUBLICATION => {
                AlterSubscriptionAction::DropPublications(publications()?)
            }
            K::REFRESH_PUBLICATION => AlterSubscriptionAction::Refresh,
            K::ENABLE_SUBSCRIPTION => AlterSubscriptionAction::Enable(true),
            K::DISABLE_SUBSCRIPTION => AlterSubscriptionAction::Enable(false),
            K::SET_OPTIONS => AlterSubscriptionAction::Options(self.need_definition(&action)?),
            _ => AlterSubscriptionAction::Skip(self.need_definition(&action)?),
        };
        Ok(AlterSubscription { name: self.ident_in(node, K::SUBSCRIPTION_REF)?, action })
    }
}
