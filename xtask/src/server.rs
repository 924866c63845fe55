//! A small server for this machine: right types, no caching, the Content-Security-Policy on every response.

use crate::building::{Building, Missing};
use anyhow::{Context, Result, bail};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::sync::Arc;
use std::thread::JoinHandle;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

/// What pages and workers may load: only files of the site, WebAssembly, and Blobs made on the page.
/// A policy in a page's head does not reach its workers, so the header goes with every response.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'";

/// A server that has its port and does not answer yet.
pub struct Server {
    listener: TcpListener,
    port: u16,
}

impl Server {
    /// Takes a port of 127.0.0.1; 0 takes any free one.
    ///
    /// # Errors
    /// When the port is in use.
    pub fn bind(port: u16) -> Result<Self> {
        let listener = match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
            Ok(listener) => listener,
            Err(error) if error.kind() == ErrorKind::AddrInUse => bail!(
                "port {port} is in use by another program: stop it, or choose another port (cargo xtask serve --port {})",
                port.saturating_add(1)
            ),
            Err(error) => return Err(error).with_context(|| format!("cannot listen on port {port}")),
        };
        listener.set_nonblocking(true)?;
        let port = listener.local_addr()?.port();
        Ok(Self { listener, port })
    }

    /// Address of the site.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// Serves a folder until the program ends; what is still being built is answered so.
    pub fn run(self, folder: &Path, building: Option<Arc<Building>>) -> Result<()> {
        let site = site(folder, building);
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_io().build()?;
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            axum::serve(listener, site).await
        })?;
        Ok(())
    }

    /// Serves a folder on another thread while this one goes on.
    pub fn run_in_background(self, folder: &Path) -> JoinHandle<Result<()>> {
        let folder = folder.to_path_buf();
        std::thread::spawn(move || self.run(&folder, None))
    }
}

fn site(folder: &Path, building: Option<Arc<Building>>) -> Router {
    let fixed = |name: HeaderName, value: &'static str| {
        SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value))
    };
    Router::new()
        .fallback_service(ServeDir::new(folder))
        .layer(middleware::from_fn_with_state(building, unless_missing))
        .layer(fixed(header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY))
        .layer(fixed(header::CACHE_CONTROL, "no-store"))
        .layer(fixed(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(fixed(header::REFERRER_POLICY, "no-referrer"))
        // A lab can be put into a page of another origin.
        .layer(fixed(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
}

/// In place of a file of a module that is not built: 503 with the time to ask again while it is coming, 500 when it
/// could not be built; both with what is known as JSON (`www/engine/building.ts` reads it).
async fn unless_missing(
    State(building): State<Option<Arc<Building>>>,
    request: Request,
    next: Next,
) -> Response {
    match building.and_then(|building| building.missing(request.uri().path())) {
        None => next.run(request).await,
        Some(Missing { body, is_coming }) => {
            let kind = (header::CONTENT_TYPE, "application/json");
            let body = body.to_string();
            if is_coming {
                let again = (header::RETRY_AFTER, "1");
                (StatusCode::SERVICE_UNAVAILABLE, [kind, again], body).into_response()
            } else {
                (StatusCode::INTERNAL_SERVER_ERROR, [kind], body).into_response()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::building;
    use crate::wasm::Module;
    use std::io::{Read, Write};
    use std::net::TcpStream;

    /// Head, in lower case, and body of the answer to a request.
    fn answer(port: u16, path: &str) -> (String, String) {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer);
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_default();
        (head.to_lowercase(), body.to_string())
    }

    fn head(port: u16, path: &str) -> String {
        answer(port, path).0
    }

    #[test]
    fn every_response_carries_the_policy_and_its_type() {
        let folder = std::env::temp_dir().join(format!("emberbook-server-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("iris")).unwrap();
        for file in ["index.html", "iris/index.html", "a.wasm", "b.js", "c.json"] {
            std::fs::write(folder.join(file), "x").unwrap();
        }
        let server = Server::bind(0).unwrap();
        let port = server.port;
        drop(server.run_in_background(&folder));
        for (path, status, kind) in [
            ("/", "200", "text/html"),
            ("/iris/", "200", "text/html"),
            ("/a.wasm", "200", "application/wasm"),
            ("/b.js", "200", "text/javascript"),
            ("/c.json", "200", "application/json"),
            ("/nothing", "404", ""),
        ] {
            let head = head(port, path);
            assert!(head.starts_with(&format!("http/1.1 {status}")), "{path}: {head}");
            assert!(head.contains(&CONTENT_SECURITY_POLICY.to_lowercase()), "{path}: {head}");
            assert!(head.contains("cache-control: no-store"), "{path}: {head}");
            assert!(kind.is_empty() || head.contains(&format!("content-type: {kind}")), "{path}: {head}");
        }
        assert!(head(port, "/iris").contains("location: /iris/"));
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_module_that_is_being_built_is_answered_so_until_it_is_there() {
        let folder = std::env::temp_dir().join(format!("emberbook-building-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("pkg/gpu")).unwrap();
        let file = folder.join("pkg/gpu/emberbook_bg.wasm");
        let building = Arc::new(Building::new(&[Module::Plot, Module::Gpu]));
        let server = Server::bind(0).unwrap();
        let port = server.port;
        let (served, state) = (folder.clone(), building.clone());
        std::thread::spawn(move || server.run(&served, Some(state)));
        let path = "/pkg/gpu/emberbook_bg.wasm";

        let (head, body) = answer(port, path);
        assert!(head.starts_with("http/1.1 503") && head.contains("retry-after: 1"), "{head}");
        assert!(head.contains("content-type: application/json"), "{head}");
        assert!(head.contains(&CONTENT_SECURITY_POLICY.to_lowercase()), "{head}");
        let said: serde_json::Value = serde_json::from_str(&body).unwrap();
        assert_eq!((&said["module"], &said["state"]), (&"gpu".into(), &"waiting".into()));

        building.set(Module::Gpu, building::State::Failed("error: no".into()));
        let (head, body) = answer(port, path);
        assert!(head.starts_with("http/1.1 500") && !head.contains("retry-after"), "{head}");
        assert!(body.contains("error: no"), "{body}");

        // Half written, it is not served before its state says so.
        std::fs::write(&file, "x").unwrap();
        building.set(Module::Gpu, building::State::Building(None));
        assert!(answer(port, path).0.starts_with("http/1.1 503"));
        building.set(Module::Gpu, building::State::There);
        let (head, body) = answer(port, path);
        assert!(head.starts_with("http/1.1 200") && head.contains("application/wasm"), "{head}");
        assert_eq!(body, "x");
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_port_in_use_is_said_plainly() {
        let first = Server::bind(0).unwrap();
        let error = Server::bind(first.port).err().unwrap().to_string();
        assert!(error.contains("in use") && error.contains("--port"), "{error}");
    }
}
