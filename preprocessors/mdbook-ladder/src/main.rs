//! `mdbook-ladder`: the preprocessor as mdBook calls it.
//!
//! `mdbook-ladder supports RENDERER` answers with its exit status; without arguments a book comes in as JSON on standard
//! input and goes out on standard output. All else is said on standard error.

use mdbook_ladder::Ladder;
use mdbook_preprocessor::{MDBOOK_VERSION, Preprocessor, parse_input};
use semver::{Version, VersionReq};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["supports", renderer] => match Ladder::new().supports_renderer(renderer) {
            Ok(true) => ExitCode::SUCCESS,
            _ => ExitCode::FAILURE,
        },
        [] => match preprocess() {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("mdbook-ladder: {error:#}");
                ExitCode::FAILURE
            }
        },
        _ => {
            eprintln!(
                "mdbook-ladder is a preprocessor that mdBook calls.\nAdd `[preprocessor.ladder]` to book.toml and run `mdbook build`."
            );
            ExitCode::from(2)
        }
    }
}

fn preprocess() -> anyhow::Result<()> {
    let (context, book) = parse_input(std::io::stdin())?;
    warn_of_version(&context.mdbook_version);
    let book = Ladder::new().run(&context, book)?;
    serde_json::to_writer(std::io::stdout(), &book)?;
    Ok(())
}

/// mdBook may change what it sends with its next minor version: then what follows may not be what it looks like.
fn warn_of_version(calling: &str) {
    let fits = VersionReq::parse(&format!("^{MDBOOK_VERSION}"))
        .is_ok_and(|wanted| Version::parse(calling).is_ok_and(|calling| wanted.matches(&calling)));
    if !fits {
        eprintln!(
            "mdbook-ladder: warning: made for mdBook {MDBOOK_VERSION}, called by {calling}\nIf the build fails, install mdBook {MDBOOK_VERSION}."
        );
    }
}
