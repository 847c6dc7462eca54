//! The command line: subcommands, no logic.

use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use tanggap::app::act::Act;
use tanggap::app::{App, users};
use tanggap::clock::Clock;
use tanggap::cluster::Cluster;
use tanggap::config::Config;
use tanggap::files::Files;
use tanggap::runtime::{self, demo, doctor};
use tanggap::web::session::Hasher;
use tanggap::{store, telemetry};

/// Runs the field work of a service company inside the chat apps that its people already hold.
#[derive(Parser)]
#[command(
    version,
    after_help = "Try it: tanggap demo    Run it: tanggap serve --config config.toml"
)]
struct Cli {
    /// The settings; without it, config.toml of this folder, if there is one.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the panel, the API and the bots.
    Serve,
    /// Try everything on this machine, with simulated phones and a small company.
    Demo(DemoArgs),
    /// Bring the database up to date.
    Migrate,
    /// Look at everything that this installation stands on, and say what to mend.
    Doctor,
    /// Look after the WhatsApp templates.
    Templates {
        #[command(subcommand)]
        command: TemplatesCommand,
    },
    /// Manage accounts from the console.
    User {
        #[command(subcommand)]
        command: UserCommand,
    },
}

#[derive(Args)]
struct DemoArgs {
    /// The panel's port.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The simulated phones' port.
    #[arg(long, default_value_t = 8081)]
    sim_port: u16,
    /// Where the demo keeps its data.
    #[arg(long, default_value = ".data/demo")]
    data: PathBuf,
    /// Begin with a new company.
    #[arg(long)]
    reset: bool,
}

#[derive(Clone, Copy, Subcommand)]
enum TemplatesCommand {
    /// Say how WhatsApp has each template; fails when one may not be used.
    Check,
    /// Submit those that WhatsApp does not have.
    Submit,
}

#[derive(Subcommand)]
enum UserCommand {
    /// Add an account; the password is the first line of standard input.
    Add {
        /// admin, technician or sales
        #[arg(long)]
        role: String,
        #[arg(long)]
        username: String,
        /// Defaults to the user name.
        #[arg(long)]
        name: Option<String>,
        #[arg(long)]
        telegram_id: Option<i64>,
        /// Read the password from standard input, where no list of processes shows it.
        #[arg(long, required = true)]
        password_stdin: bool,
    },
}

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    // One TLS provider for every client; a second would be compiled in and refused at run time.
    drop(rustls::crypto::ring::default_provider().install_default());
    let done = match cli.command {
        None => usage(),
        Some(Command::Demo(args)) => run_demo(args).await,
        Some(Command::Doctor) => return examine(cli.config.as_deref()).await,
        Some(command) => match Config::from_process(cli.config.as_deref()) {
            Ok(config) => {
                telemetry::log(config.secrets());
                run(command, config).await
            }
            Err(refusal) => Err(refusal.to_string()),
        },
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(text) => {
            // Nothing is left to do when standard error is gone.
            drop(writeln!(std::io::stderr(), "tanggap: {text}"));
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command, config: Config) -> Result<(), String> {
    match command {
        Command::Serve => {
            let running = runtime::start(config, Clock::system())
                .await
                .map_err(|e| e.to_string())?;
            let told = running.until_told().await;
            running.stop().await;
            told.map_err(|broken| broken.to_string())
        }
        Command::Migrate => runtime::migrate(&config).await.map_err(|error| error.to_string()),
        Command::Templates { command } => look_after_templates(&config, command).await,
        Command::User {
            command:
                UserCommand::Add {
                    role,
                    username,
                    name,
                    telegram_id,
                    ..
                },
        } => {
            let name = name.unwrap_or_else(|| username.clone());
            let new = users::New {
                username,
                name,
                role,
                telegram_id,
                ..users::New::default()
            };
            add_user(config, new).await
        }
        Command::Demo(_) | Command::Doctor => Ok(()),
    }
}

/// Prints what the doctor finds; fails when something must be mended.
async fn examine(file: Option<&std::path::Path>) -> ExitCode {
    let found = match Config::from_process(file) {
        Ok(config) => {
            telemetry::log(config.secrets());
            doctor::examine(&config).await
        }
        Err(refusal) => vec![doctor::unreadable(&refusal.to_string())],
    };
    let lines: Vec<String> = found.iter().map(ToString::to_string).collect();
    let text = format!("{}\n", lines.join("\n"));
    // Nothing is left to do when standard output is gone.
    drop(std::io::stdout().write_all(text.as_bytes()));
    if found.iter().any(|finding| finding.level == doctor::Level::Fail) {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}

async fn look_after_templates(config: &Config, command: TemplatesCommand) -> Result<(), String> {
    let submit = matches!(command, TemplatesCommand::Submit);
    let (lines, all_ready) = doctor::templates(config, submit).await?;
    std::io::stdout()
        .write_all(format!("{}\n", lines.join("\n")).as_bytes())
        .map_err(|error| error.to_string())?;
    if all_ready {
        Ok(())
    } else {
        Err("some templates may not be used".to_owned())
    }
}

async fn run_demo(args: DemoArgs) -> Result<(), String> {
    telemetry::log([]);
    let options = demo::Options {
        folder: args.data,
        port: args.port,
        simulator_port: args.sim_port,
        reset: args.reset,
    };
    let demo = demo::start(&options).await.map_err(|error| error.to_string())?;
    demo.announce().map_err(|error| error.to_string())?;
    let told = demo.running.until_told().await;
    demo.running.stop().await;
    told.map_err(|broken| broken.to_string())
}

async fn add_user(config: Config, new: users::New) -> Result<(), String> {
    let mut password = String::new();
    std::io::stdin()
        .read_to_string(&mut password)
        .map_err(|error| error.to_string())?;
    let password = password.lines().next().unwrap_or_default();
    let clock = Clock::system();
    let (draft, password) = users::check(&new, password, clock.now()).map_err(|error| error.to_string())?;
    let hash = Hasher::default().hash(&password).await;
    let (db, writer) = runtime::open(&config).await.map_err(|error| error.to_string())?;
    let act = Act::system(clock.now());
    let app = App::new(db, Cluster::local(), clock, &config, Files::nowhere());
    // Whoever sits at the console chose this password: it need not be changed.
    let created = users::create(&app, &act, draft, hash, false);
    let created = tokio::select! {
        created = created => created,
        () = store::Writer::drive(writer) => return Err("the database writer stopped".to_owned()),
    };
    let user = created.map_err(|error| error.to_string())?;
    let line = format!("Added {} {} (id {}).\n", user.role, user.username, user.id);
    std::io::stdout()
        .write_all(line.as_bytes())
        .map_err(|error| error.to_string())
}

fn usage() -> Result<(), String> {
    let text = "Tanggap runs a service company's field work inside its people's chat apps.\n\
                Try it:   cargo run -- demo      (or: tanggap demo)\n\
                Run it:   tanggap serve --config config.toml\n\
                More:     tanggap --help\n";
    std::io::stdout()
        .write_all(text.as_bytes())
        .map_err(|error| error.to_string())
}
