//! A signed-in client of the server, over plain HTTP on loopback.

use std::io::{BufRead, BufReader};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use serde::de::DeserializeOwned;
use trustboard_model::configuration::{ConfigurationRef, ConfigurationState};
use trustboard_model::id::{BulkId, ClusterId, DatacenterId, HostId};
use trustboard_model::policy::Policy;
use trustboard_model::view::{
    BulkJob, BulkRequest, CommandDone, ConfigurationAction, ConfigurationDone, ConfigurationPage,
    HostPage, Inventory, PolicyPage, SecurityPage,
};
use ureq::http::Response;
use ureq::typestate::{WithBody, WithoutBody};
use ureq::{Agent, Body, RequestBuilder};

/// Longer than any page takes, shorter than anybody waits.
const TIMEOUT: Duration = Duration::from_secs(20);

/// The answer to a change of what hosts are judged by says what it changes on every host; the server
/// answers within half a minute.
const STANDARDS: Duration = Duration::from_mins(1);

/// Whoever takes longer to say that it is ready is not.
const READY: Duration = Duration::from_secs(3);

/// A client with its session.
pub struct Client {
    agent: Agent,
    url: String,
    cookie: Option<String>,
}

impl Client {
    /// A client without a session.
    pub fn new(url: &str) -> Self {
        let config = Agent::config_builder()
            .timeout_global(Some(TIMEOUT))
            .http_status_as_error(false)
            // Where a sign-in leads is not followed: its cookie is what counts.
            .max_redirects(0)
            .build();
        Self { agent: config.into(), url: url.to_owned(), cookie: None }
    }

    /// Signs in by the form that the page has.
    pub fn sign_in(url: &str, name: &str, password: &str) -> Result<Self> {
        let mut client = Self::new(url);
        let form = [("name", name), ("password", password), ("then", "/")];
        let answer = client
            .agent
            .post(format!("{url}/sign-in"))
            .header("origin", url)
            .send_form(form)
            .context("POST /sign-in")?;
        let cookies = answer.headers().get_all("set-cookie").iter();
        let session = cookies
            .filter_map(|cookie| cookie.to_str().ok())
            .filter_map(|cookie| cookie.split(';').next())
            .filter(|cookie| cookie.split_once('=').is_some_and(|(_, value)| !value.is_empty()))
            .collect::<Vec<_>>()
            .join("; ");
        if session.is_empty() {
            bail!("POST /sign-in as {name} answered {} without a session", answer.status());
        }
        client.cookie = Some(session);
        Ok(client)
    }

    /// The cookie of its session, for a connection of one's own.
    pub fn cookie(&self) -> &str {
        self.cookie.as_deref().unwrap_or_default()
    }

    /// Makes a datacenter; gives the status of the answer.
    pub fn create_datacenter(&self, name: &str) -> Result<u16> {
        let path = "/api/v1/datacenters";
        let body = serde_json::json!({ "name": name }).to_string();
        let answer = self.post(path).content_type("application/json").send(body);
        Ok(answer.with_context(|| format!("POST {path}"))?.status().as_u16())
    }

    /// Whether the server says that it is ready.
    pub fn is_ready(&self) -> bool {
        let request = self.agent.get(format!("{}/readyz", self.url));
        let request = request.config().timeout_global(Some(READY)).build();
        request.call().is_ok_and(|answer| answer.status() == 200)
    }

    /// The inventory tree.
    pub fn inventory(&self) -> Result<Inventory> {
        self.json("/api/v1/inventory")
    }

    /// Monitor > Security of every datacenter, as programs see it.
    pub fn security(&self) -> Result<Vec<SecurityPage>> {
        let inventory = self.inventory()?;
        let ids = inventory.datacenters.iter().map(|datacenter| datacenter.id);
        ids.map(|id| self.json(&format!("/api/v1/datacenters/{id}/security"))).collect()
    }

    /// The host of this name in a datacenter.
    pub fn host_named(&self, datacenter: DatacenterId, name: &str) -> Result<HostId> {
        let page: SecurityPage =
            self.json(&format!("/api/v1/datacenters/{datacenter}/security?q={name}"))?;
        let row = page.rows.into_iter().find(|row| row.name == name);
        Ok(row.with_context(|| format!("there is no host {name}"))?.id)
    }

    /// Monitor > Security of everything, as far as this filter shows it.
    pub fn matching(&self, query: &str) -> Result<SecurityPage> {
        let query = query.replace('<', "%3C").replace('>', "%3E").replace(' ', "%20");
        self.json(&format!("/api/v1/security?q={query}"))
    }

    /// Does one thing to a host; `fields` are those of the action beside the revision.
    pub fn act(
        &self,
        host: HostId,
        revision: u64,
        action: &str,
        fields: serde_json::Value,
    ) -> Result<CommandDone> {
        let path = format!("/api/v1/hosts/{host}/{action}");
        let mut body = fields;
        body["revision"] = revision.into();
        let request = self.post(&path).content_type("application/json");
        json_of(&format!("POST {path}"), request.send(body.to_string()))
    }

    /// Starts an action on many hosts.
    pub fn start_bulk(&self, request: &BulkRequest) -> Result<BulkJob> {
        let path = "/api/v1/bulk";
        let body = serde_json::to_string(request)?;
        json_of(
            &format!("POST {path}"),
            self.post(path).content_type("application/json").send(body),
        )
    }

    /// How far it is.
    pub fn bulk(&self, id: BulkId) -> Result<BulkJob> {
        self.json(&format!("/api/v1/bulk/{id}"))
    }

    /// The policy of a cluster.
    pub fn policy(&self, cluster: ClusterId) -> Result<Policy> {
        let page: PolicyPage = self.json(&format!("/api/v1/clusters/{cluster}/policy"))?;
        Ok(page.policy)
    }

    /// Puts another policy in force, made of the one that was seen.
    pub fn set_policy(&self, cluster: ClusterId, policy: &Policy) -> Result<()> {
        let path = format!("/api/v1/clusters/{cluster}/policy");
        let body = serde_json::json!({ "seen": policy.version, "policy": policy }).to_string();
        let request = self.agent.put(format!("{}{path}", self.url)).header("origin", &self.url);
        let request = self.known(request.header("accept", "application/json"));
        let request = request.config().timeout_global(Some(STANDARDS)).build();
        let answer = request.content_type("application/json").send(body);
        text_of(&format!("PUT {path}"), answer).map(drop)
    }

    /// The live stream of a datacenter, a line after the other, until it is dropped.
    pub fn live(&self, datacenter: DatacenterId) -> Result<impl BufRead + Send + use<>> {
        let path = format!("/api/v1/live?datacenter={datacenter}");
        let request = self.get(&path, "text/event-stream");
        let unlimited = request.config().timeout_global(None).build();
        let answer = unlimited.call().with_context(|| path.clone())?;
        if !answer.status().is_success() {
            bail!("GET {path} answered {}", answer.status());
        }
        Ok(BufReader::new(answer.into_body().into_reader()))
    }

    /// Everything about one host.
    pub fn host(&self, id: HostId) -> Result<HostPage> {
        self.json(&format!("/api/v1/hosts/{id}"))
    }

    /// Approves what this host booted, as a configuration of that name for its cluster.
    pub fn approve(&self, host: HostId, name: &str) -> Result<ConfigurationRef> {
        self.approve_for(host, name, Vec::new())
    }

    /// The same for these clusters.
    pub fn approve_for(
        &self,
        host: HostId,
        name: &str,
        clusters: Vec<ClusterId>,
    ) -> Result<ConfigurationRef> {
        let (name, notes) = (name.to_owned(), String::new());
        let pcrs = Vec::new();
        let capture = ConfigurationAction::Capture { host, name, notes, clusters, pcrs };
        let id = self.change(&capture)?.configuration.id;
        let page: ConfigurationPage = self.json(&format!("/api/v1/configurations/{id}"))?;
        let revision = page.row.revision;
        let done =
            self.change(&ConfigurationAction::Approve { id, revision, keep_older: false })?;
        if done.state != ConfigurationState::Approved {
            bail!("{} is {} instead of approved", done.configuration.name, done.state.code());
        }
        Ok(done.configuration)
    }

    fn change(&self, action: &ConfigurationAction) -> Result<ConfigurationDone> {
        let path = "/api/v1/configurations";
        let request = self.post(path).content_type("application/json");
        let request = request.config().timeout_global(Some(STANDARDS)).build();
        json_of(&format!("POST {path}"), request.send(serde_json::to_string(action)?))
    }

    fn post(&self, path: &str) -> RequestBuilder<WithBody> {
        // Without an origin of its own the server refuses a change.
        let request = self.agent.post(format!("{}{path}", self.url)).header("origin", &self.url);
        self.known(request.header("accept", "application/json"))
    }

    fn known<B>(&self, request: RequestBuilder<B>) -> RequestBuilder<B> {
        match &self.cookie {
            Some(cookie) => request.header("cookie", cookie),
            None => request,
        }
    }

    /// The JSON at this path.
    fn json<T: DeserializeOwned>(&self, path: &str) -> Result<T> {
        json_of(&format!("GET {path}"), self.get(path, "application/json").call())
    }

    /// What is at this path, whatever it is.
    pub fn text(&self, path: &str) -> Result<String> {
        text_of(&format!("GET {path}"), self.get(path, "*/*").call())
    }

    /// Status and content of whatever answers at this path.
    pub fn answer(&self, path: &str, accept: &str) -> Result<(u16, String)> {
        let mut answer = self.get(path, accept).call().with_context(|| format!("GET {path}"))?;
        let text = answer.body_mut().read_to_string().with_context(|| format!("GET {path}"))?;
        Ok((answer.status().as_u16(), text))
    }

    /// The page at this path.
    pub fn html(&self, path: &str) -> Result<String> {
        text_of(&format!("GET {path}"), self.get(path, "text/html").call())
    }

    fn get(&self, path: &str, accept: &str) -> RequestBuilder<WithoutBody> {
        self.known(self.agent.get(format!("{}{path}", self.url)).header("accept", accept))
    }
}

type Answer = Result<Response<Body>, ureq::Error>;

fn json_of<T: DeserializeOwned>(what: &str, answer: Answer) -> Result<T> {
    let text = text_of(what, answer)?;
    serde_json::from_str(&text).with_context(|| format!("{what} answered other JSON"))
}

fn text_of(what: &str, answer: Answer) -> Result<String> {
    let mut answer = answer.with_context(|| what.to_owned())?;
    let status = answer.status();
    let text = answer.body_mut().read_to_string().with_context(|| what.to_owned())?;
    if !status.is_success() {
        bail!("{what} answered {status}: {}", text.chars().take(300).collect::<String>());
    }
    Ok(text)
}
