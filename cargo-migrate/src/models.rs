//! The schema that the models of a package want, on top of that of its chain.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use pgmigrate_model::{Finding, Found, Kind as Weight, Package, find, statements};
use pgmigrate_schema::diff::{Models, wanted};
use pgmigrate_schema::replay::Replay;

use crate::Context;
use crate::chain::OpenChain;
use crate::error::{CommandError, Kind};
use crate::project;
use crate::text::below;

/// Finds the models of the chain's package in its sources, and gives the schema that they want.
pub(crate) fn read(
    context: &Context,
    open: &OpenChain,
    chain: &Replay,
) -> Result<Replay, CommandError> {
    let found = sources(open)?;
    let (errors, unseen): (Vec<&Finding>, Vec<&Finding>) =
        found.findings.iter().partition(|finding| finding.kind == Weight::Error);
    for finding in unseen {
        context.note(finding);
    }
    if !errors.is_empty() {
        return Err(mistakes(&errors));
    }
    if found.tables.is_empty() && found.enums.is_empty() {
        return Err(CommandError::new(Kind::Usage, "the package has no models")
            .hint("a model is a struct with `#[derive(pgmigrate::Table)]`"));
    }
    let own = statements(&found.tables, &found.enums)
        .map_err(|findings| mistakes(&findings.iter().collect::<Vec<_>>()))?;
    let models = Models {
        statements: own.iter().map(|it| it.sql.clone()).collect(),
        names: names(&found),
        own_columns: false,
    };
    let (replay, refused) = wanted(chain, &models);
    if refused.is_empty() {
        return Ok(replay);
    }
    let lines = refused.iter().map(|it| {
        let said = &it.finding.message;
        if let Some(statement) = it.model.and_then(|at| own.get(at)) {
            return format!("{}: {said}", statement.place);
        }
        format!("{said}: {}", it.sql.lines().next().unwrap_or_default())
    });
    Err(CommandError::new(
        Kind::Chain,
        format!("the schema that the models want cannot be made:{}", below(lines)),
    )
    .hint("mend the models; or first write a revision that drops what is in their way"))
}

fn mistakes(findings: &[&Finding]) -> CommandError {
    CommandError::new(Kind::Chain, format!("the models have mistakes:{}", below(findings)))
        .hint("mend what is named above")
}

/// The names of constraints and indexes that models give.
fn names(found: &Found) -> BTreeSet<String> {
    let tables = || found.tables.iter();
    let indexes = tables().flat_map(|it| it.uniques.iter().chain(&it.indexes));
    let keys = tables().flat_map(|it| &it.foreign_keys);
    let others = tables().flat_map(|it| it.checks.iter().chain(&it.exclusions));
    indexes
        .filter_map(|it| it.name.clone())
        .chain(keys.filter_map(|it| it.name.clone()))
        .chain(others.filter_map(|(name, _)| name.clone()))
        .collect()
}

/// Reads the sources of the package from the roots that cargo names.
fn sources(open: &OpenChain) -> Result<Found, CommandError> {
    let Some(directory) = &open.project.package else {
        return Err(CommandError::new(Kind::Usage, "a bare directory has no models").hint(
            "name a package (`-p NAME`), or compare with a file: `cargo migrate diff FILE.sql`",
        ));
    };
    let manifest = directory.join("Cargo.toml");
    let metadata = project::workspace(Some(&manifest))?;
    let whole = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let manifest = whole(&manifest);
    let package = metadata
        .packages
        .iter()
        .find(|package| whole(package.manifest_path.as_std_path()) == manifest)
        .ok_or_else(|| CommandError::new(Kind::Failed, "cargo does not know the package"))?;
    let roots: Vec<PathBuf> = package
        .targets
        .iter()
        .filter(|target| !target.is_test() && !target.is_bench() && !target.is_custom_build())
        .filter(|target| !target.is_example())
        .map(|target| target.src_path.clone().into_std_path_buf())
        .collect();
    let root = manifest.parent().unwrap_or(directory).to_owned();
    Ok(find(&Package::new(root, roots), |path| match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }))
}
