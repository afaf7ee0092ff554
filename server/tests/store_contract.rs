//! What storage promises, told as stories through commands and queries alone, so that every
//! database keeps the same promises.

#![expect(clippy::unwrap_used, reason = "a story ends at the first surprise")]

mod store;

macro_rules! stories {
    ($name:ident on $database:ty: $($topic:ident { $($story:ident,)* })*) => {
        mod $name {
            $(mod $topic {
                $(#[tokio::test]
                async fn $story() {
                    if let Some(missing) = <$database as crate::store::Database>::missing() {
                        eprintln!("NOT RUN: {missing}");
                        return;
                    }
                    crate::store::$topic::$story::<$database>().await;
                })*
            })*
        }
    };
}

/// Every story, once for each database.
macro_rules! contract {
    ($name:ident on $database:ty) => {
        stories! { $name on $database:
            inventory {
                names_are_unique_within_their_room_and_bounded,
                a_policy_must_make_sense,
                hosts_are_counted_in_their_cluster_and_datacenter,
            }
            arrangement {
                a_moved_host_is_judged_by_its_new_cluster,
                a_moved_cluster_takes_its_hosts_along_and_judges_nothing_again,
                a_removed_host_leaves_nothing_but_its_history,
                the_trail_is_searched_by_every_question_at_once,
            }
            operators {
                passwords_let_in_and_refusals_are_events,
                sessions_end_when_idle_when_old_and_when_told,
                a_reset_password_ends_sessions_and_new_roles_count_at_once,
                the_last_administrator_stays_and_nobody_disables_themselves,
                whoever_is_disabled_gets_in_in_no_way,
                a_key_may_at_most_what_its_owner_may,
                codes_let_in_once_and_expire,
                names_are_bounded_and_unique,
            }
            enrolment {
                a_host_without_tpm_enrols_and_its_name_is_numbered,
                tokens_expire_are_used_up_and_can_be_revoked,
                keys_are_on_record_once_the_secret_is_proven,
                a_wrong_secret_uses_the_enrolment_up,
                a_running_enrolment_reserves_a_use_until_it_expires,
                secrets_are_not_in_the_database,
            }
            arrivals {
                many_enrol_as_one_after_the_other,
                an_enrolment_that_is_spoilt_is_no_other_ones_fault,
                many_come_as_one_after_the_other,
                what_is_known_of_many_is_what_is_known_of_each,
            }
            presence {
                agents_come_and_go_with_one_event_each,
                who_comes_back_after_a_restart_was_never_gone,
                whoever_stays_away_is_recorded_some_at_a_time,
                facts_are_replaced_without_events,
            }
            identity {
                a_mismatch_is_noted_once_and_goes_away_with_the_old_keys,
                an_accepted_identity_is_adopted_and_no_other,
                a_tpm_added_later_is_taken_after_disconnect_and_connect,
                duplicates_name_the_other_host,
                an_ek_that_no_maker_vouches_for_is_approved_where_that_is_missed,
                history_belongs_to_an_identity,
            }
            appraisals {
                the_first_one_makes_a_span_and_an_event,
                identical_ones_extend_the_span_without_an_event,
                another_conclusion_begins_a_span,
                unknown_and_not_applicable_are_not_failures,
                staleness_follows_the_clock,
                the_newest_report_and_the_log_are_kept,
                a_scheduled_one_gets_a_job_only_if_it_changed_something,
                a_failed_verification_leaves_the_verdict,
                hints_follow_the_commit,
            }
            steady {
                answers_that_say_the_same_move_only_the_time,
                what_changes_next_finds_the_newest_answer_on_record,
                an_answer_counts_only_while_its_record_is_what_it_rests_on,
                a_late_answer_leaves_a_gap_and_counts,
                an_alarm_that_waits_for_a_person_stays_as_it_is,
                a_second_host_with_the_same_keys_ends_it,
                a_report_is_written_again_only_if_it_is_another,
            }
            renewed {
                what_is_recorded_with_others_is_what_would_be_recorded_alone,
                the_log_of_a_host_stands_with_its_evidence_however_it_stood_before,
                what_was_recognised_meanwhile_is_counted,
                it_counts_only_while_its_record_is_what_it_rests_on,
                what_concludes_something_else_is_recorded_by_itself,
                others_are_not_kept_from_theirs,
            }
            recorded {
                many_are_recorded_as_one_after_the_other,
                what_is_wrong_with_one_is_no_other_ones_fault,
                what_cannot_be_judged_again_keeps_no_other_waiting,
            }
            alarms {
                raised_acknowledged_cleared_and_reset,
                a_new_reason_or_a_relapse_is_a_new_occurrence,
                reset_while_the_condition_holds_is_raised_again,
                stale_commands_are_refused_and_repeated_ones_write_nothing,
                verify_then_reset_resets_only_if_the_host_passes,
                an_acknowledgement_lapses,
                a_reset_takes_a_second_person_where_that_is_set,
                a_reset_that_was_asked_for_lapses_or_is_declined,
            }
            bulk {
                every_host_gets_exactly_its_own_event,
                a_restart_goes_on_where_it_stopped,
                what_changed_since_it_was_seen_is_left_alone_and_named,
                rights_count_host_by_host_and_as_they_are_now,
                cancelling_leaves_the_rest_alone,
                verifying_tells_passed_failed_and_silent_apart,
                where_a_reset_takes_two_the_second_confirms_in_bulk,
                what_makes_no_sense_is_refused,
                red_alarms_stand_in_the_order_of_the_work,
                a_datacenter_may_reset_by_itself,
            }
            events {
                events_are_found_by_kind_host_and_actor,
            }
            acts {
                viewers_may_not_act,
                texts_are_asked_for_and_bounded,
                maintenance_and_connection_go_there_and_back,
                verifying_again_names_the_waiting_job,
                unknown_hosts_are_not_found,
            }
            jobs {
                a_job_keeps_its_steps_and_ends_once,
                running_jobs_are_queued_again_after_a_restart,
                old_jobs_make_room,
                jobs_are_kept_for_days_and_no_longer,
            }
            replicas {
                one_leads_and_what_a_lost_one_left_is_taken_over_once,
                one_server_verifies_the_chain_at_a_time,
                how_late_a_server_is_is_known_to_the_others_while_it_is_there,
                a_session_moves_from_one_server_to_another,
            }
            security {
                marks_and_alarms_are_those_of_the_columns,
                everything_is_what_the_operator_sees,
                filters_narrow_and_counts_stay,
                every_column_orders_both_ways,
                pages_follow_each_other,
                causes_are_grouped_by_the_most_telling_reason,
                words_are_taken_literally,
            }
            find {
                names_that_begin_so_come_first,
                more_than_are_listed_is_said,
            }
            views {
                columns_are_remembered_for_each_operator_and_scope,
                a_view_is_its_owners_until_it_is_shared,
                the_first_view_stands_for_an_address_that_asks_nothing,
                views_have_names_and_limits,
                names_complete_what_is_typed,
            }
            standards {
                a_policy_is_judged_from_what_is_stored,
                what_concludes_the_same_makes_no_event,
                evidence_that_was_judged_by_older_standards_is_judged_again,
                newer_evidence_is_never_overruled_by_older,
                who_waits_is_not_forgotten_by_a_restart,
                evidence_of_an_earlier_version_stays_as_it_was_judged,
                a_policy_names_its_changes_and_refuses_the_stale,
            }
            past {
                causes_are_grouped_by_difference_across_datacenters,
                counts_of_the_past_are_those_that_were,
                moved_and_removed_hosts_are_counted_where_they_were,
                any_moment_can_be_opened,
                times_without_verification_are_said,
                evidence_goes_before_conclusions_and_says_so,
            }
            chain {
                a_whole_chain_is_whole,
                a_changed_event_is_found,
                a_missing_event_is_found,
                swapped_events_are_found,
                a_cut_off_end_is_found,
                a_forged_column_is_found,
                streams_resume_or_reload,
            }
            durability {
                everything_is_there_after_reopening,
                writers_take_turns_and_hints_come_in_order,
                a_caller_that_goes_away_leaves_all_or_nothing,
                what_we_do_not_write_is_inconsistent_and_hidden,
            }
        }
    };
}

/// Without a PostgreSQL server half of the contract is not looked at: that is to be seen, or wanted.
#[test]
fn postgres_is_there_or_left_out_on_purpose() {
    let wanted = std::env::var("TRUSTBOARD_TEST_POSTGRES").as_deref() == Ok("none");
    let missing = store::postgres::Scratch::missing();
    assert!(
        missing.is_none() || wanted,
        "no story was told on PostgreSQL: run `cargo xtask postgres cargo test -p \
         trustboard-server --test store_contract`, or say TRUSTBOARD_TEST_POSTGRES=none"
    );
}

contract! { sqlite on crate::store::sqlite::File }
contract! { postgres on crate::store::postgres::Scratch }

/// What a migration makes of a file that an earlier version wrote: there are none of PostgreSQL.
#[tokio::test]
async fn a_file_of_before_is_counted_from_its_events() {
    store::past::a_database_of_before_is_counted_from_its_events::<store::sqlite::File>().await;
}

#[test]
fn migrations_are_the_same_on_both() {
    store::schemas::migrations_are_the_same();
}

#[tokio::test]
async fn tables_are_the_same_on_both() {
    store::schemas::tables_are_the_same().await;
}

#[tokio::test]
async fn a_lost_database_is_said_and_found_again() {
    store::postgres::a_lost_database_is_said_and_found_again().await;
}

#[tokio::test]
async fn a_commit_wakes_whoever_listens() {
    store::postgres::a_commit_wakes_whoever_listens().await;
}

#[tokio::test]
async fn a_server_says_that_it_is_there_while_commands_wait() {
    store::postgres::a_server_says_that_it_is_there_while_commands_wait().await;
}
