//! The pages behind a router, as a server mounts them, over hosts in memory.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

use std::sync::{Arc, Mutex, OnceLock};

use async_trait::async_trait;
use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use axum::response::IntoResponse as _;
use axum::routing::post;
use http_body_util::BodyExt as _;
use leptos::prelude::*;
use leptos_axum::{
    AxumRouteListing, LeptosRoutes as _, generate_route_list, handle_server_fns_with_context,
};
use scraper::{Html, Selector};
use tower::ServiceExt as _;
use trustboard_app::assets::{Assets, Program};
use trustboard_app::backend::{
    Backend, BackendHandle, Configurations, ConfigurationsHandle, History, HistoryHandle,
    HostTables, HostTablesHandle, Policies, PoliciesHandle, TpmMakers, TpmMakersHandle,
};
use trustboard_app::{App, shell};
use trustboard_model::host_query::Test;
use trustboard_model::id::{ClusterId, ConfigurationId, DatacenterId, HostId, ImportId, JobId};
use trustboard_model::job::Job;
use trustboard_model::refusal::Refusal;
use trustboard_model::role::Role;
use trustboard_model::time::Timestamp;
use trustboard_model::view::{
    Columns, CommandDone, Completion, CompliancePage, ConfigurationAction, ConfigurationDone,
    ConfigurationPage, ConfigurationRow, EventLogPage, HostCommand, HostPage, HostRow, Impact,
    ImportReport, Inventory, LogFilter, MakersPage, MomentPage, PolicyAction, PolicyPage,
    SavedView, Scope, SecurityFilter, SecurityPage, Stretch, SummaryPage, TableAction, TableDone,
    Timeline, TrendAsked, Viewer,
};

use crate::fleet;

/// Made once: while a list is made, Leptos loads no data for any page of the process.
static ROUTES: OnceLock<Vec<AxumRouteListing>> = OnceLock::new();

/// Answers from memory, and keeps the commands that it was given.
pub struct Memory {
    pub rows: Vec<HostRow>,
    /// What every command is answered.
    pub answer: Result<CommandDone, Refusal>,
    /// What every reading is refused with, if it is.
    pub refuse: Option<Refusal>,
    pub commands: Mutex<Vec<HostCommand>>,
    /// Done to each host's page before it is shown.
    pub touch: fn(&mut HostPage),
    pub configurations: Vec<ConfigurationPage>,
    pub makers: MakersPage,
    pub import: Option<ImportReport>,
    /// What every change of a configuration or policy is refused with, if it is.
    pub refuse_change: Option<Refusal>,
    pub table_actions: Mutex<Vec<TableAction>>,
    /// The saved views.
    pub views: Vec<SavedView>,
    pub configuration_actions: Mutex<Vec<ConfigurationAction>>,
    pub policy_actions: Mutex<Vec<PolicyAction>>,
    /// What every preview shows.
    pub impact: Impact,
    /// What previews were asked for.
    pub previews: Mutex<u32>,
}

impl Memory {
    pub fn new(rows: Vec<HostRow>) -> Self {
        let answer =
            Ok(CommandDone { revision: 8, changed: true, job: None, awaits_second: false });
        Self {
            rows,
            answer,
            refuse: None,
            commands: Mutex::default(),
            touch: |_| (),
            configurations: Vec::new(),
            makers: fleet::no_makers(),
            import: None,
            refuse_change: None,
            table_actions: Mutex::default(),
            views: Vec::new(),
            configuration_actions: Mutex::default(),
            policy_actions: Mutex::default(),
            impact: fleet::approved::impact(),
            previews: Mutex::default(),
        }
    }

    fn reading(&self) -> Result<(), Refusal> {
        self.refuse.clone().map_or(Ok(()), Err)
    }
}

#[async_trait]
impl TpmMakers for Memory {
    async fn makers_page(&self, _: &Viewer) -> Result<MakersPage, Refusal> {
        self.reading()?;
        Ok(self.makers.clone())
    }

    async fn makers_import(&self, _: &Viewer, import: ImportId) -> Result<ImportReport, Refusal> {
        let found = self.import.clone().filter(|report| report.summary.id == import);
        found.ok_or_else(|| Refusal::not_found("import"))
    }
}

#[async_trait]
impl HostTables for Memory {
    async fn change_table(&self, _: &Viewer, action: TableAction) -> Result<TableDone, Refusal> {
        if let Some(refusal) = self.refuse_change.clone() {
            return Err(refusal);
        }
        let view = matches!(action, TableAction::SaveView { .. })
            .then(|| trustboard_model::id::ViewId::from_random([6; 16]));
        self.table_actions.lock().unwrap().push(action);
        Ok(TableDone { view })
    }

    async fn complete(
        &self,
        _: &Viewer,
        _: Scope,
        field: &str,
        typed: &str,
    ) -> Result<Completion, Refusal> {
        let names = self.rows.iter().map(|row| row.name.clone());
        let names = names.filter(|name| name.starts_with(typed)).collect();
        Ok(Completion { field: field.to_owned(), names })
    }
}

#[async_trait]
impl Backend for Memory {
    async fn inventory(&self, _: &Viewer) -> Result<Inventory, Refusal> {
        Ok(fleet::inventory(&self.rows))
    }

    async fn security(
        &self,
        _: &Viewer,
        scope: Scope,
        filter: SecurityFilter,
    ) -> Result<SecurityPage, Refusal> {
        self.reading()?;
        let mut page = fleet::page(self.rows.clone(), filter.clone());
        page.views.clone_from(&self.views);
        if scope == Scope::Everything {
            page.datacenters = page.datacenter.take().into_iter().collect();
            page.clusters = Vec::new();
            page.columns = filter.columns.clone().unwrap_or_else(Columns::everywhere);
        }
        if let Some(Test::Attestation(attestation)) = filter.query.single("attestation") {
            page.rows.retain(|row| row.attestation == *attestation);
        }
        page.total = u32::try_from(page.rows.len()).unwrap();
        Ok(page)
    }

    async fn row(&self, _: &Viewer, host: HostId) -> Result<HostRow, Refusal> {
        let row = self.rows.iter().find(|row| row.id == host).cloned();
        row.ok_or_else(|| Refusal::not_found("host"))
    }

    async fn host(&self, viewer: &Viewer, host: HostId) -> Result<HostPage, Refusal> {
        self.reading()?;
        let mut page = fleet::host::host_page(self.row(viewer, host).await?);
        (self.touch)(&mut page);
        Ok(page)
    }

    async fn job(&self, _: &Viewer, _: HostId, _: JobId) -> Result<Job, Refusal> {
        Err(Refusal::not_found("job"))
    }

    async fn command(&self, _: &Viewer, command: HostCommand) -> Result<CommandDone, Refusal> {
        self.commands.lock().unwrap().push(command);
        self.answer.clone()
    }
}

#[async_trait]
impl History for Memory {
    async fn summary(
        &self,
        _: &Viewer,
        scope: Scope,
        trend: TrendAsked,
    ) -> Result<SummaryPage, Refusal> {
        self.reading()?;
        let page = fleet::history::summary(&self.rows, scope, trend);
        if page.datacenters.is_empty() {
            return Err(Refusal::not_found("datacenter"));
        }
        Ok(page)
    }

    async fn moment(
        &self,
        viewer: &Viewer,
        host: HostId,
        at: Timestamp,
    ) -> Result<MomentPage, Refusal> {
        Ok(fleet::history::moment(&self.row(viewer, host).await?, at))
    }

    async fn timeline(
        &self,
        viewer: &Viewer,
        host: HostId,
        _: Stretch,
    ) -> Result<Timeline, Refusal> {
        Ok(fleet::history::timeline(&self.row(viewer, host).await?))
    }

    async fn event_log(
        &self,
        viewer: &Viewer,
        host: HostId,
        _: LogFilter,
    ) -> Result<EventLogPage, Refusal> {
        let row = self.row(viewer, host).await?;
        row.last_verified.ok_or_else(|| Refusal::not_found("event log"))?;
        Ok(fleet::history::log(host))
    }

    async fn compliance(
        &self,
        _: &Viewer,
        _: DatacenterId,
        _: u32,
    ) -> Result<CompliancePage, Refusal> {
        self.reading()?;
        Ok(fleet::history::compliance(&self.rows))
    }
}

#[async_trait]
impl Configurations for Memory {
    async fn configurations(
        &self,
        _: &Viewer,
        all: bool,
    ) -> Result<Vec<ConfigurationRow>, Refusal> {
        self.reading()?;
        let rows = self.configurations.iter().map(|page| page.row.clone());
        Ok(rows.filter(|row| all || row.ended.is_none()).collect())
    }

    async fn configuration(
        &self,
        viewer: &Viewer,
        id: ConfigurationId,
    ) -> Result<ConfigurationPage, Refusal> {
        self.reading()?;
        let page = self.configurations.iter().find(|page| page.row.configuration.id == id);
        let page = page.cloned().ok_or_else(|| Refusal::not_found("configuration"))?;
        Ok(ConfigurationPage { role: viewer.rights.everywhere, ..page })
    }

    async fn configuration_impact(
        &self,
        _: &Viewer,
        _: ConfigurationAction,
    ) -> Result<Impact, Refusal> {
        *self.previews.lock().unwrap() += 1;
        Ok(self.impact.clone())
    }

    async fn change_configuration(
        &self,
        _: &Viewer,
        action: ConfigurationAction,
    ) -> Result<ConfigurationDone, Refusal> {
        if let Some(refusal) = &self.refuse_change {
            return Err(refusal.clone());
        }
        self.configuration_actions.lock().unwrap().push(action);
        Ok(ConfigurationDone {
            configuration: fleet::approved::configuration(70, 3),
            state: trustboard_model::configuration::ConfigurationState::Approved,
            reappraised: 12,
        })
    }
}

#[async_trait]
impl Policies for Memory {
    async fn policy(&self, _: &Viewer, _: ClusterId) -> Result<PolicyPage, Refusal> {
        self.reading()?;
        Ok(fleet::approved::policy_page(&fleet::secure_boot_off()))
    }

    async fn policy_impact(&self, _: &Viewer, _: PolicyAction) -> Result<Impact, Refusal> {
        *self.previews.lock().unwrap() += 1;
        Ok(self.impact.clone())
    }

    async fn change_policy(&self, _: &Viewer, action: PolicyAction) -> Result<Impact, Refusal> {
        if let Some(refusal) = &self.refuse_change {
            return Err(refusal.clone());
        }
        self.policy_actions.lock().unwrap().push(action);
        Ok(fleet::approved::impact())
    }
}

/// The pages.
#[derive(Clone)]
pub struct Site {
    pub memory: Arc<Memory>,
    /// Who asks; nobody is signed in without.
    pub role: Option<Role>,
}

impl Site {
    pub fn new(rows: Vec<HostRow>, role: Role) -> Self {
        Self { memory: Arc::new(Memory::new(rows)), role: Some(role) }
    }

    pub fn of(memory: Memory, role: Role) -> Self {
        Self { memory: Arc::new(memory), role: Some(role) }
    }

    pub async fn send(&self, mut request: Request<Body>) -> Response<Body> {
        if let Some(role) = self.role {
            request.extensions_mut().insert(fleet::viewer(role));
        }
        let memory = self.memory.clone();
        let context = move || {
            provide_context(BackendHandle(memory.clone()));
            provide_context(ConfigurationsHandle(memory.clone()));
            provide_context(HistoryHandle(memory.clone()));
            provide_context(PoliciesHandle(memory.clone()));
            provide_context(TpmMakersHandle(memory.clone()));
            provide_context(HostTablesHandle(memory.clone()));
            provide_context(Assets {
                css: Some("/pkg/a.css".to_owned()),
                js: Some("/pkg/a.js".to_owned()),
                wasm: Some("/pkg/a.wasm".to_owned()),
                parts: std::collections::BTreeMap::new(),
                table: Some(Program { js: "/pkg/t.js".to_owned(), wasm: "/pkg/t.wasm".to_owned() }),
            });
        };
        let options = LeptosOptions::builder().output_name("trustboard").build();
        let functions = context.clone();
        let fallback = leptos_axum::render_app_async_with_context(context.clone(), shell);
        let answer = move |request| {
            let context = functions.clone();
            async move { handle_server_fns_with_context(context, request).await.into_response() }
        };
        let routes = ROUTES.get_or_init(|| generate_route_list(App)).clone();
        let router: Router = Router::new()
            .route("/api/ui/{*name}", post(answer))
            .leptos_routes_with_context(&options, routes, context, shell)
            .fallback(fallback)
            .with_state(options);
        router.oneshot(request).await.unwrap()
    }

    pub async fn get(&self, path: &str) -> Page {
        self.get_with(path, "").await
    }

    pub async fn get_with(&self, path: &str, cookie: &str) -> Page {
        let request = Request::get(path)
            .header(header::ACCEPT, "text/html")
            .header(header::COOKIE, cookie)
            .body(Body::empty())
            .unwrap();
        Page::read(self.send(request).await).await
    }

    /// Posts a form as a browser without the wasm does.
    pub async fn post_form(&self, path: &str, from: &str, form: &str) -> Page {
        let request = Request::post(path)
            .header(header::ACCEPT, "text/html,application/xhtml+xml")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::REFERER, format!("http://127.0.0.1{from}"))
            .body(Body::from(form.to_owned()))
            .unwrap();
        Page::read(self.send(request).await).await
    }
}

/// An answer, read.
pub struct Page {
    pub status: StatusCode,
    pub headers: axum::http::HeaderMap,
    pub html: String,
}

impl Page {
    async fn read(response: Response<Body>) -> Self {
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        let html = String::from_utf8(bytes.to_vec()).unwrap();
        Self { status: parts.status, headers: parts.headers, html }
    }

    pub fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The texts of what matches, white space folded.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        let selector = Selector::parse(selector).unwrap();
        let texts = Html::parse_document(&self.html);
        texts
            .select(&selector)
            .map(|found| {
                let text = found.text().collect::<Vec<_>>().join(" ");
                text.split_whitespace().collect::<Vec<_>>().join(" ")
            })
            .collect()
    }

    pub fn text(&self, selector: &str) -> String {
        self.texts(selector).join(" | ")
    }

    pub fn count(&self, selector: &str) -> usize {
        self.texts(selector).len()
    }

    pub fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        let selector = Selector::parse(selector).unwrap();
        let page = Html::parse_document(&self.html);
        page.select(&selector)
            .filter_map(|found| found.value().attr(name).map(str::to_owned))
            .collect()
    }
}

/// The address of the table.
pub fn table() -> String {
    format!("/datacenters/{}/security", fleet::datacenter().id)
}

/// The address of the table with this host open.
pub fn open(row: &HostRow) -> String {
    format!("{}?open={}", table(), row.id)
}
