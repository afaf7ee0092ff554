//! The page as the server writes it. The browser's programs have none of this.

mod causes;
mod cell;
mod chips;
mod columns_menu;
mod counts;
mod detail;
mod export_menu;
mod facts;
mod grid;
mod pager;
mod query_field;
mod resize;
mod row;
mod screen;
mod selecting;
mod shown;
mod views_menu;

pub(crate) use screen::SecurityScreen;
