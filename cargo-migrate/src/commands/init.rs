//! `cargo migrate init`.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use pgmigrate_disk::{Config, create, replace};
use pgmigrate_schema::{Lock, lock};

use crate::error::{CommandError, Kind, Outcome};
use crate::project::Project;
use crate::{Context, exit};

/// Prepare a package, or a bare directory, for migrations
///
/// Makes the directory and its lock; for a package also a build script that makes cargo notice
/// new files. What is there already is left as it is.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {}

pub(crate) fn run(context: &Context, _: &Arguments) -> Outcome {
    let project = Project::find_for_init(&context.global)?;
    make_directory(context, &project)?;
    if let Some(package) = &project.package {
        let settings = write_settings(context, &project, package)?;
        let build_script = write_build_script(context, &project, package)?;
        let steps = next_steps(&project, package, settings.into_iter().chain(build_script));
        context.output.done(steps)?;
    } else if !has_revisions(&project.directory) {
        context.hint("write the first revision: `cargo migrate new -m \"what it does\"`");
    }
    Ok(exit::OK)
}

/// The directory and an empty lock.
fn make_directory(context: &Context, project: &Project) -> Result<(), CommandError> {
    let Project { directory, shown, .. } = project;
    if !directory.is_dir() {
        fs::create_dir_all(directory).map_err(|error| {
            CommandError::new(Kind::Failed, format!("cannot make the directory {shown}: {error}"))
                .hint("you need the right to write there; or name another: `--dir DIR`")
        })?;
        context.output.done(format_args!("Created {shown}"))?;
    }
    let path = directory.join(lock::FILE_NAME);
    if path.exists() {
        return Ok(());
    }
    if !crate::chain::read(project)?.sources.is_empty() {
        context.note(format_args!(
            "{shown} has revisions and no lock; `cargo migrate lock` writes it"
        ));
        return Ok(());
    }
    create(&path, &Lock::default().to_string())?;
    context.output.done(format_args!("Created {shown}/{}", lock::FILE_NAME))
}

/// `dir` in `Cargo.toml`, where it is not the usual one. Gives what is left to be done by hand.
fn write_settings(
    context: &Context,
    project: &Project,
    package: &Path,
) -> Result<Option<String>, CommandError> {
    let manifest = package.join("Cargo.toml");
    let dir = project.config.dir.display().to_string().replace('\\', "/");
    if Config::read(&manifest)?.dir == project.config.dir {
        return Ok(None);
    }
    let by_hand =
        format!("in Cargo.toml, under [package.metadata.migrate]:\n\n    dir = \"{dir}\"");
    let old = fs::read_to_string(&manifest).map_err(|error| {
        CommandError::new(Kind::Failed, format!("cannot read {}: {error}", manifest.display()))
            .hint("you need the right to read it")
    })?;
    let end = if old.ends_with('\n') { "" } else { "\n" };
    let new = format!("{old}{end}\n[package.metadata.migrate]\ndir = \"{dir}\"\n");
    // A table that is there already, in whatever way it is written, makes the new text unreadable.
    if !reads_as(&new, project) {
        return Ok(Some(by_hand));
    }
    replace(&manifest, &new)?;
    context.output.done("Added [package.metadata.migrate] to Cargo.toml")?;
    Ok(None)
}

/// Whether a manifest's text gives the settings that are wanted.
fn reads_as(manifest: &str, project: &Project) -> bool {
    let read = || {
        let mut file = tempfile::NamedTempFile::new().ok()?;
        file.write_all(manifest.as_bytes()).ok()?;
        Config::read(file.path()).ok()
    };
    read().is_some_and(|config| config.dir == project.config.dir)
}

/// The build script. Gives what is left to be done by hand.
fn write_build_script(
    context: &Context,
    project: &Project,
    package: &Path,
) -> Result<Option<String>, CommandError> {
    let dir = project.config.dir.display().to_string().replace('\\', "/");
    let line = format!("println!(\"cargo::rerun-if-changed={dir}\");");
    let manifest = fs::read_to_string(package.join("Cargo.toml")).unwrap_or_default();
    let named = manifest.split('\n').find_map(|line| {
        line.strip_prefix("build")?.trim_start().strip_prefix('=')?.trim().split('"').nth(1)
    });
    let script = named.unwrap_or("build.rs");
    let path = package.join(script);
    match fs::read_to_string(&path) {
        Ok(text) if text.contains(&format!("rerun-if-changed={dir}")) => Ok(None),
        Ok(_) => Ok(Some(format!("in {script}, so that cargo notices new files:\n\n    {line}"))),
        Err(_) if path.exists() || named.is_some() => {
            Ok(Some(format!("in {script}, so that cargo notices new files:\n\n    {line}")))
        }
        Err(_) => {
            create(&path, &format!("fn main() {{\n    {line}\n}}\n"))?;
            context.output.done("Created build.rs")?;
            Ok(None)
        }
    }
}

fn next_steps(project: &Project, package: &Path, by_hand: impl Iterator<Item = String>) -> String {
    let manifest = fs::read_to_string(package.join("Cargo.toml")).unwrap_or_default();
    let mut steps: Vec<String> = by_hand.map(|step| format!("Add {step}")).collect();
    if !manifest.contains("pgmigrate") {
        steps.push("Add the dependencies:\n\n    cargo add pgmigrate postgres".to_owned());
    }
    steps.push(
        "Upgrade when the program starts (src/main.rs):\n\n    \
         static MIGRATIONS: pgmigrate::Migrations = pgmigrate::migrations!();\n\n    \
         let mut client = postgres::Client::connect(&database_url, postgres::NoTls)?;\n    \
         MIGRATIONS.upgrade(&mut client)?;"
            .to_owned(),
    );
    if !has_revisions(&project.directory) {
        steps.push(
            "Write the first revision:\n\n    cargo migrate new -m \"what it does\"".to_owned(),
        );
    }
    steps.iter().map(|step| format!("\n{step}")).collect::<Vec<_>>().join("\n")
}

fn has_revisions(directory: &Path) -> bool {
    let is_revision = |path: &Path| path.extension().is_some_and(|extension| extension == "sql");
    directory
        .read_dir()
        .is_ok_and(|mut files| files.any(|file| file.is_ok_and(|file| is_revision(&file.path()))))
}
