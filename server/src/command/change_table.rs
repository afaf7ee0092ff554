//! What an operator chooses for their table of hosts: columns, views. Choices of one's own are no
//! events; a view that others see is.

use trustboard_model::event::EventKind;
use trustboard_model::id::ViewId;
use trustboard_model::refusal::Refusal;
use trustboard_model::view::{SavedView, SecurityFilter, TableAction, TableDone, Viewer};

use super::text::place_name;
use crate::ctx::{Ctx, Halt};
use crate::store::Write;

/// Does it. Views of others are not there, unless they share them; only their owner changes them.
pub async fn change_table(
    ctx: &Ctx,
    viewer: &Viewer,
    action: TableAction,
) -> Result<TableDone, Refusal> {
    ctx.answer(change(ctx, viewer, action).await)
}

async fn change(ctx: &Ctx, viewer: &Viewer, action: TableAction) -> Result<TableDone, Halt> {
    let mut write = ctx.write().await?;
    let view = match action {
        TableAction::ChooseColumns { scope, columns } => {
            if write.table_choice(viewer.id, scope).await?.columns == columns {
                return Ok(TableDone { view: None });
            }
            write.choose_columns(viewer.id, scope, columns.as_ref()).await?;
            None
        }
        TableAction::SaveView { name, filter, shared } => {
            let id = ViewId::from_random(ctx.random.id());
            Some(save(&mut write, viewer, id, &name, filter, shared).await?)
        }
        TableAction::DeleteView { id } => {
            let view = own(&mut write, viewer, id).await?;
            write.delete_view(id).await?;
            if view.shared {
                let kind = EventKind::ViewUnshared { view: id, name: view.name };
                write.event(&viewer.actor(), None, kind).await?;
            }
            None
        }
        TableAction::ShowFirst { id } => {
            if let Some(id) = id {
                let view = write.saved_view(viewer.id, id).await?;
                view.ok_or_else(|| Refusal::not_found("view"))?;
            }
            write.show_first(viewer.id, id).await?;
            id
        }
    };
    write.commit().await?;
    Ok(TableDone { view })
}

async fn save(
    write: &mut Write,
    viewer: &Viewer,
    id: ViewId,
    name: &str,
    filter: SecurityFilter,
    shared: bool,
) -> Result<ViewId, Halt> {
    let name = place_name(name)?.to_owned();
    let filter = SecurityFilter { page: 1, view: None, ..filter };
    let mine: Vec<_> = write.views(viewer.id).await?.into_iter().filter(|view| view.mine).collect();
    let before = mine.iter().find(|view| view.name.eq_ignore_ascii_case(&name));
    if before.is_none() && mine.len() >= usize::try_from(SavedView::MAX_OF_ONE).unwrap_or(0) {
        let problem = format!("at most {} views", SavedView::MAX_OF_ONE);
        return Err(Refusal::invalid("name", problem).into());
    }
    let id = before.map_or(id, |view| view.id);
    write.put_view(id, viewer.id, &name, &filter, shared).await?;
    let was_shared = before.is_some_and(|view| view.shared);
    let kind = match (was_shared, shared) {
        (_, true) => Some(EventKind::ViewShared { view: id, name, filter: filter.to_query() }),
        (true, false) => Some(EventKind::ViewUnshared { view: id, name }),
        (false, false) => None,
    };
    if let Some(kind) = kind {
        write.event(&viewer.actor(), None, kind).await?;
    }
    Ok(id)
}

/// A view that is the operator's own.
async fn own(write: &mut Write, viewer: &Viewer, id: ViewId) -> Result<SavedView, Halt> {
    let view = write.saved_view(viewer.id, id).await?.filter(|view| view.mine);
    Ok(view.ok_or_else(|| Refusal::not_found("view"))?)
}
