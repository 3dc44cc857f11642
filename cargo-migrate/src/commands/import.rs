//! `cargo migrate import`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use clap::builder::PossibleValuesParser;
use clap::builder::TypedValueParser as _;
use pgmigrate_chain::Chain;
use pgmigrate_import::{Import, Options, Refusal, SourceFile, Style, import};
use pgmigrate_schema::{Code, Diagnostic, Directory, Lock, Source, lock};

use crate::error::{CommandError, Kind, Outcome};
use crate::project::Project;
use crate::text::{below, count, seconds};
use crate::{Context, chain, exit, findings, schema_file};

/// Read another tool's migrations as a chain
///
/// Writes a revision for each migration, and the lock, into a directory that has no chain yet.
/// A folder that is not understood, even in one file, is refused, and nothing is written.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The tool that the migrations are for
    #[arg(value_name = "STYLE", value_parser = style_parser())]
    style: Style,
    /// The folder with the migrations
    #[arg(value_name = "PATH")]
    path: PathBuf,
    /// A value for a placeholder such as ${schema}
    #[arg(long, value_name = "NAME=VALUE", value_parser = setting)]
    set: Vec<(String, String)>,
    /// A file or directory of the folder to leave out
    #[arg(long, value_name = "PATH")]
    skip: Vec<String>,
    /// Leave out migrations that are written in a programming language
    #[arg(long)]
    skip_code: bool,
    /// Join several heads of a graph by a merge revision
    #[arg(long)]
    merge_heads: bool,
    /// SQL of what is there before the first migration, such as extensions that others create
    #[arg(long, value_name = "FILE")]
    assume: Option<PathBuf>,
}

fn style_parser() -> impl clap::builder::TypedValueParser<Value = Style> {
    let values = Style::ALL
        .iter()
        .map(|style| clap::builder::PossibleValue::new(style.name()).help(style.description()));
    PossibleValuesParser::new(values).try_map(|name| name.parse::<Style>())
}

fn setting(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) => Ok((name.to_owned(), value.to_owned())),
        None => Err("write NAME=VALUE".to_owned()),
    }
}

pub(crate) fn run(context: &Context, arguments: &Arguments) -> Outcome {
    let project = Project::find_for_init(&context.global)?;
    refuse_a_chain(&project)?;
    let files = read_folder(&arguments.path)?;
    let options = Options {
        now: seconds(SystemTime::now()),
        set: arguments.set.iter().cloned().collect::<BTreeMap<_, _>>(),
        skip: arguments.skip.iter().map(|path| path.trim_end_matches('/').to_owned()).collect(),
        skip_code: arguments.skip_code,
        merge_heads: arguments.merge_heads,
        assume: arguments.assume.as_deref().map(read_file).transpose()?,
    };
    let imported = import(arguments.style, &files, &options)
        .map_err(|refusals| refused(arguments, &refusals))?;
    let (chain, mistakes) = check(context, &project, &imported)?;
    write(&project, &imported, &Lock::of(&chain, None, false))?;
    schema_file::write(&project, &chain)?;
    report(context, arguments, &project, &imported, &mistakes)?;
    Ok(exit::OK)
}

/// A chain that is there would be mixed up with the one that comes.
fn refuse_a_chain(project: &Project) -> Result<(), CommandError> {
    let taken = match fs::metadata(&project.directory) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => false,
        _ => {
            let directory = chain::read(project)?;
            let locked = directory
                .lock
                .is_some_and(|lock| lock.bytes != Lock::default().to_string().as_bytes());
            locked || !directory.sources.is_empty()
        }
    };
    if !taken {
        return Ok(());
    }
    Err(CommandError::new(
        Kind::Refused,
        format!("{} has a chain already; nothing was written", project.shown),
    )
    .hint("name a directory that is empty or not there: `--dir DIR`"))
}

/// Every file of a folder, with its path in it.
fn read_folder(folder: &Path) -> Result<Vec<SourceFile>, CommandError> {
    let failed = |path: &Path, error: &std::io::Error| {
        unreadable(path, error)
            .hint("name the folder that the migrations are in, and mind the right to read it")
    };
    let mut files = Vec::new();
    let mut folders = vec![(folder.to_owned(), String::new())];
    while let Some((path, shown)) = folders.pop() {
        for entry in fs::read_dir(&path).map_err(|error| failed(&path, &error))? {
            let entry = entry.map_err(|error| failed(&path, &error))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let below = if shown.is_empty() { name } else { format!("{shown}/{name}") };
            let path = entry.path();
            if path.is_dir() {
                folders.push((path, below));
            } else {
                let bytes = fs::read(&path).map_err(|error| failed(&path, &error))?;
                files.push(SourceFile { path: below, bytes });
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

fn read_file(path: &Path) -> Result<SourceFile, CommandError> {
    let bytes = fs::read(path).map_err(|error| {
        unreadable(path, &error).hint("name a file of SQL, and mind the right to read it")
    })?;
    Ok(SourceFile { path: path.display().to_string(), bytes })
}

fn unreadable(path: &Path, error: &std::io::Error) -> CommandError {
    CommandError::new(Kind::Failed, format!("cannot read {}: {error}", path.display()))
}

fn refused(arguments: &Arguments, refusals: &[Refusal]) -> CommandError {
    let message = format!(
        "{} is not understood as {}; nothing was written{}",
        arguments.path.display(),
        arguments.style,
        below(refusals)
    );
    let hint = refusals.iter().find_map(|refusal| match refusal {
        Refusal::Nothing { detected: Some(style), .. } | Refusal::OtherStyle { style, .. } => {
            Some(format!("`cargo migrate import {style} {}`", arguments.path.display()))
        }
        Refusal::Code { .. } => {
            Some("to leave code out: --skip-code; a single file: --skip PATH".to_owned())
        }
        Refusal::Placeholder { hole, .. } => {
            let name = hole.trim_start_matches("${").trim_end_matches('}');
            Some(format!("give it a value: --set {name}=VALUE"))
        }
        _ => None,
    });
    CommandError::new(Kind::Refused, message)
        .hint(hint.unwrap_or_else(|| "to leave a file out: --skip PATH".to_owned()))
}

/// Checks what was read, before it is written: gives the chain, and the mistakes that it had in the
/// other tool already, in its graph or on an empty server.
fn check(
    context: &Context,
    project: &Project,
    imported: &Import,
) -> Result<(Chain, Vec<Diagnostic>), CommandError> {
    let mut sources: Vec<Source> = imported
        .revisions
        .iter()
        .map(|it| Source {
            path: format!("{}/{}", project.shown.trim_end_matches('/'), it.file_name),
            bytes: it.text.clone().into_bytes(),
        })
        .collect();
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    let directory =
        Directory { path: project.shown.clone(), sources, lock: None, schema_file: None };
    let mut checked = chain::check_files(project, &directory);
    let own = |finding: &Diagnostic| {
        !finding.is_error()
            || matches!(finding.code, Code::SeveralHeads | Code::SeveralBases)
            || finding.code.is_about_the_schema()
    };
    match checked.chain.take() {
        Some(chain) if checked.findings.iter().all(own) => {
            let mistakes = checked.errors().cloned().collect();
            Ok((chain, mistakes))
        }
        _ => Err(findings::error(context, &checked, project, own)),
    }
}

/// Writes the revisions and the lock, or nothing.
fn write(project: &Project, imported: &Import, lock: &Lock) -> Result<(), CommandError> {
    let dir = &project.directory;
    let is_new = !dir.exists();
    fs::create_dir_all(dir).map_err(|error| {
        CommandError::new(
            Kind::Failed,
            format!("cannot make the directory {}: {error}", project.shown),
        )
        .hint("you need the right to write there; or name another: `--dir DIR`")
    })?;
    let mut written: Vec<PathBuf> = Vec::new();
    let mut write = || -> Result<(), CommandError> {
        for revision in &imported.revisions {
            let path = dir.join(&revision.file_name);
            pgmigrate_disk::create(&path, &revision.text)?;
            written.push(path);
        }
        Ok(pgmigrate_disk::replace(&dir.join(lock::FILE_NAME), lock.to_string())?)
    };
    write().inspect_err(|_| {
        // Half a chain is worse than none.
        for path in &written {
            let _ = fs::remove_file(path);
        }
        if is_new {
            let _ = fs::remove_dir(dir);
        }
    })
}

fn report(
    context: &Context,
    arguments: &Arguments,
    project: &Project,
    imported: &Import,
    mistakes: &[Diagnostic],
) -> Result<(), CommandError> {
    if !imported.notes.is_empty() {
        context.output.done(format_args!("Worth knowing:{}", below(&imported.notes)))?;
    }
    let migrations = imported.revisions.iter().filter(|it| !it.source.is_empty()).count();
    context.output.done(format_args!(
        "Imported {} from {} ({}) into {}",
        count(migrations, "migration"),
        arguments.path.display(),
        arguments.style,
        project.shown,
    ))?;
    let (foreseen, graph): (Vec<_>, Vec<_>) =
        mistakes.iter().partition(|mistake| mistake.code.is_about_the_schema());
    for mistake in graph {
        context.note(format_args!("{}; until that is mended, the build fails", mistake.message));
    }
    if let Some(first) = foreseen.first() {
        context.note(format_args!(
            "on an empty server, the chain fails: {}; until that is mended, the build fails",
            first.message
        ));
        context.hint(
            "`cargo migrate check` shows where; what others make before the first migration can \
             be assumed: `cargo migrate import --assume FILE`, or `-- migrate:assume` in the first \
             revision",
        );
    }
    Ok(())
}
