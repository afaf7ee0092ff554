//! What operators choose for the table of hosts: columns, views, and what is shown first.

use trustboard_model::id::DatacenterId;
use trustboard_model::refusal::Refusal;
use trustboard_model::role::Role;
use trustboard_model::view::{
    Columns, SavedView, Scope, SecurityFilter, TableAction, ViewRef, Viewer,
};
use trustboard_server::{command, query};

use super::{Database, World, console, invalid_field, missing, viewer};

/// An operator who has an account, as all do who sign in.
async fn operator<D: Database>(world: &World<D>, name: &str) -> Viewer {
    let role = Role::Viewer;
    let id = command::create_operator(&world.ctx, &console(), name, role, None).await.unwrap();
    Viewer { id, ..viewer(name, role) }
}

async fn change<D: Database>(
    world: &World<D>,
    who: &Viewer,
    action: TableAction,
) -> Result<Option<trustboard_model::id::ViewId>, Refusal> {
    Ok(command::change_table(&world.ctx, who, action).await?.view)
}

fn save(name: &str, query: &str, shared: bool) -> TableAction {
    let filter = SecurityFilter::of(query.parse().unwrap());
    TableAction::SaveView { name: name.to_owned(), filter, shared }
}

async fn views<D: Database>(world: &World<D>, who: &Viewer) -> Vec<SavedView> {
    query::views(&world.ctx, who).await.unwrap()
}

async fn shown<D: Database>(
    world: &World<D>,
    who: &Viewer,
    scope: Scope,
    filter: SecurityFilter,
) -> (SecurityFilter, Columns) {
    let page = query::security(&world.ctx, who, scope, filter).await.unwrap();
    (page.filter, page.columns)
}

pub async fn columns_are_remembered_for_each_operator_and_scope<D: Database>() {
    let world = World::<D>::new().await;
    let (berlin, _) = world.berlin().await;
    let (ada, bob) = (operator(&world, "ada").await, operator(&world, "bob").await);
    let before = world.seq().await;
    let (one, all) = (Scope::Datacenter(berlin), Scope::Everything);
    let columns: Columns = "name.200,kernel,alarm".parse().unwrap();
    let choose = |columns| TableAction::ChooseColumns { scope: one, columns };
    change(&world, &ada, choose(Some(columns.clone()))).await.unwrap();
    let of = async |who, scope| shown(&world, who, scope, SecurityFilter::ALL).await.1;
    assert_eq!(of(&ada, one).await, columns);
    assert_eq!(of(&ada, all).await, Columns::everywhere());
    assert_eq!(of(&bob, one).await, Columns::usual());
    let link = SecurityFilter { columns: "tpm".parse().ok(), ..SecurityFilter::ALL };
    assert_eq!(shown(&world, &ada, one, link).await.1.to_string(), "name,tpm");
    change(&world, &ada, choose(None)).await.unwrap();
    assert_eq!(of(&ada, one).await, Columns::usual());
    assert!(world.codes_after(before).await.is_empty(), "that concerns nobody else");
}

pub async fn a_view_is_its_owners_until_it_is_shared<D: Database>() {
    let world = World::<D>::new().await;
    world.berlin().await;
    let (ada, bob) = (operator(&world, "ada").await, operator(&world, "bob").await);
    let before = world.seq().await;
    let id = change(&world, &ada, save(" Red ones ", "alarm:red", false)).await.unwrap().unwrap();
    let mine = &views(&world, &ada).await[0];
    assert_eq!((mine.name.as_str(), mine.mine, mine.shared), ("Red ones", true, false));
    assert_eq!(mine.filter.query.to_string(), "alarm:red");
    assert!(views(&world, &bob).await.is_empty());
    assert!(world.codes_after(before).await.is_empty());

    let again = change(&world, &ada, save("RED ones", "alarm:holds", true)).await.unwrap();
    assert_eq!(again, Some(id), "the same name is the same view");
    let theirs = &views(&world, &bob).await[0];
    assert_eq!(
        (theirs.owner.as_str(), theirs.mine, theirs.name.as_str()),
        ("ada", false, "RED ones")
    );
    assert_eq!(missing(change(&world, &bob, TableAction::DeleteView { id }).await), "view");
    change(&world, &ada, TableAction::DeleteView { id }).await.unwrap();
    assert_eq!(world.codes_after(before).await, ["view-shared", "view-unshared"]);
    assert!(views(&world, &bob).await.is_empty());
}

pub async fn the_first_view_stands_for_an_address_that_asks_nothing<D: Database>() {
    let world = World::<D>::new().await;
    let (berlin, _) = world.berlin().await;
    let (ada, bob) = (operator(&world, "ada").await, operator(&world, "bob").await);
    let id = change(&world, &ada, save("Red", "alarm:red", true)).await.unwrap();
    change(&world, &bob, TableAction::ShowFirst { id }).await.unwrap();
    let scope = Scope::Datacenter(berlin);
    let (filter, _) = shown(&world, &bob, scope, SecurityFilter::ALL).await;
    assert_eq!(
        (filter.query.to_string().as_str(), filter.view),
        ("alarm:red", id.map(ViewRef::Saved))
    );
    let all = SecurityFilter { view: Some(ViewRef::All), ..SecurityFilter::ALL };
    assert!(shown(&world, &bob, scope, all).await.0.query.is_all());
    assert!(shown(&world, &ada, scope, SecurityFilter::ALL).await.0.query.is_all());
    // With the view its place goes.
    change(&world, &ada, TableAction::DeleteView { id: id.unwrap() }).await.unwrap();
    assert!(shown(&world, &bob, scope, SecurityFilter::ALL).await.0.query.is_all());
    let gone = change(&world, &bob, TableAction::ShowFirst { id }).await;
    assert_eq!(missing(gone), "view");
}

pub async fn views_have_names_and_limits<D: Database>() {
    let world = World::<D>::new().await;
    let ada = operator(&world, "ada").await;
    for bad in ["", "  ", "a\nb", &"x".repeat(65)] {
        assert_eq!(invalid_field(change(&world, &ada, save(bad, "", false)).await), "name");
    }
    for number in 0..SavedView::MAX_OF_ONE {
        change(&world, &ada, save(&format!("view {number}"), "", false)).await.unwrap();
    }
    assert_eq!(invalid_field(change(&world, &ada, save("one more", "", false)).await), "name");
    change(&world, &ada, save("view 7", "alarm:red", false)).await.unwrap();
}

pub async fn names_complete_what_is_typed<D: Database>() {
    let world = World::<D>::new().await;
    let (berlin, web) = world.berlin().await;
    let paris = world.datacenter("Paris").await;
    let west = world.cluster(paris, "west 100%").await;
    for (cluster, name) in [(web, "web-1"), (web, "WEB-2"), (west, "web-3"), (west, "db_1")] {
        world.host(cluster, name).await;
    }
    let ada = viewer("ada", Role::Viewer);
    let names = async |scope, field: &str, typed: &str| {
        query::complete(&world.ctx, &ada, scope, field, typed).await.unwrap().names
    };
    let (one, all) = (Scope::Datacenter(berlin), Scope::Everything);
    assert_eq!(names(one, "name", "we").await, ["web-1", "WEB-2"]);
    assert_eq!(names(all, "name", "we").await, ["web-1", "WEB-2", "web-3"]);
    assert_eq!(names(all, "name", "d__").await, Vec::<String>::new());
    assert_eq!(names(all, "cluster", "w").await, ["web", "west 100%"]);
    assert_eq!(names(one, "cluster", "").await, ["web"]);
    assert_eq!(names(all, "datacenter", "p").await, ["Paris"]);
    assert!(names(all, "attestation", "f").await.is_empty());
    let lost = Scope::Datacenter(DatacenterId::from_random([1; 16]));
    assert_eq!(missing(query::complete(&world.ctx, &ada, lost, "name", "a").await), "datacenter");
    let long = "x".repeat(257);
    assert_eq!(invalid_field(query::complete(&world.ctx, &ada, all, "name", &long).await), "typed");
}
