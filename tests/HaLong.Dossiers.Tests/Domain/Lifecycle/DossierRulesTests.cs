using System.Text.Json;
using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Contracts.Events;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Tests.Domain.Lifecycle;

/// <summary>The conditions beyond state and role.</summary>
public sealed class DossierRulesTests
{
    [Theory]
    [InlineData(DossierStatus.Submitted, SupplementStage.Reception)]
    [InlineData(DossierStatus.Processing, SupplementStage.Processing)]
    public void A_second_supplement_at_a_stage_needs_a_supervisor_and_is_flagged(string status, string stage)
    {
        var play = Play.In(status).Must(Moves.RequestSupplement).Must(Moves.Supplement);
        var asker = Play.As(stage == SupplementStage.Reception ? Roles.Reception : Roles.Officer);
        Assert.Equal("DOS-0034", play.Do(Moves.RequestSupplement, asker).Error.Code);
        play.Must(Moves.PermitSupplement).Must(Moves.RequestSupplement);
        var second = play.Records.OfType<SupplementRequest>().Last();
        Assert.Equal((stage, 2, true, Play.As(Roles.Approver).Id, "Phát sinh tình tiết mới"), (second.Stage, second.Number, second.Flagged, second.PermittedBy, second.PermissionReason));
        Assert.True(play.Dossier.AskedTwice);
        // The permission was for one.
        play.Must(Moves.Supplement);
        Assert.Equal("DOS-0034", play.Do(Moves.RequestSupplement, asker).Error.Code);
    }

    [Fact]
    public void Each_stage_has_its_own_count()
    {
        var play = Play.In(DossierStatus.Submitted).Must(Moves.RequestSupplement).Must(Moves.Supplement).Must(Moves.Accept).Must(Moves.Assign).Must(Moves.RequestSupplement);
        Assert.Equal((1, 1, false), (play.Dossier.SupplementsAtReception, play.Dossier.SupplementsAtProcessing, play.Dossier.AskedTwice));
    }

    [Fact]
    public void After_three_working_days_a_supplement_needs_a_supervisor_too()
    {
        var play = Play.In(DossierStatus.Processing);
        // Accepted on a Monday: asked for until the end of Thursday.
        play.Now = LocalTime.Instant(new DateOnly(2026, 11, 26), new TimeOnly(23, 59));
        Assert.True(Supplementable(play.Now));
        play.Now = play.Now.AddMinutes(1);
        var refused = play.Do(Moves.RequestSupplement, Play.As(Roles.Officer)).Error;
        Assert.Equal("DOS-0035", refused.Code);
        Assert.Contains("3 working days", refused.En, StringComparison.Ordinal);
        play.Must(Moves.PermitSupplement, Roles.Chief).Must(Moves.RequestSupplement);
        Assert.True(play.Supplement is { Late: true, Flagged: true, Number: 1 });
    }

    [Fact]
    public void Everything_missing_in_a_supplement_is_told_at_once_and_nothing_else_counts()
    {
        var list = Play.In(DossierStatus.SupplementReception).Supplement!;
        Assert.Equal(["/phone", "component1"], list.Missing(new HashSet<int> { 2 }, JsonElement.Parse("""{"address":"x"}"""))!.Fields.Keys.Order());
        Assert.Equal(["/phone"], list.Missing(new HashSet<int> { 1 }, null)!.Fields.Keys);
        Assert.Null(list.Missing(new HashSet<int> { 1 }, JsonElement.Parse("""{"phone":"0912"}""")));
    }

    [Fact]
    public void While_it_is_completed_only_what_was_asked_for_can_be_added()
    {
        var dossier = Play.In(DossierStatus.SupplementProcessing).Dossier;
        Assert.Null(dossier.RefusalToAdd(1));
        Assert.Equal("DOS-0037", dossier.RefusalToAdd(2)!.Code);
        Assert.Equal("DOS-0008", Play.In(DossierStatus.Processing).Dossier.RefusalToAdd(1)!.Code);
        Assert.Null(Play.In(DossierStatus.Draft).Dossier.RefusalToAdd(7));
    }

    [Fact]
    public void After_a_supplement_during_handling_the_limit_runs_anew()
    {
        var play = Play.In(DossierStatus.SupplementProcessing);
        var first = Play.DeadlineOf(Play.Start).DueAt;
        play.Now = play.Now.AddDays(6);
        play.Must(Moves.Supplement);
        Assert.True(play.Dossier.DueAt > first);
        Assert.Equal(play.Dossier.DueAt, play.Facts.OfType<DossierSupplemented>().Single().DueAt);
    }

    [Fact]
    public void Reception_refuses_after_a_supplement_request_only_when_its_time_is_over()
    {
        var play = Play.In(DossierStatus.SupplementReception);
        Assert.Equal("DOS-0042", play.Do(Moves.Reject, Play.As(Roles.Reception)).Error.Code);
        play.Now = play.Dossier.WaitUntil!.Value;
        play.Must(Moves.Reject);
        Assert.Null(play.Dossier.SupplementId);
    }

    [Fact]
    public void Who_has_a_dossier_keeps_it_until_it_is_handed_over()
    {
        var play = Play.In(DossierStatus.Processing);
        Assert.Equal("DOS-0032", play.Do(Moves.Assign, Play.As(Roles.Officer) with { Id = Play.Colleague }).Error.Code);
        play.Must(Moves.Reassign);
        Assert.Equal(Play.Colleague, play.Dossier.OfficerId);
        play.Must(Moves.Release, Roles.Chief);
        Assert.Equal("DOS-0033", play.Do(Moves.Release, Play.As(Roles.Chief)).Error.Code);
        Assert.Equal("DOS-0033", play.Do(Moves.Reassign, Play.As(Roles.Chief)).Error.Code);
        Assert.Equal("DOS-0033", play.Do(Moves.Approve, Play.As(Roles.Approver)).Error.Code);
        play.Must(Moves.Assign);
        Assert.Single(play.Facts.OfType<DossierProcessingStarted>());
    }

    [Fact]
    public void Opinions_run_side_by_side_and_the_last_answer_lets_it_go_on()
    {
        var play = Play.In(DossierStatus.WaitOpinion).Must(Moves.RequestOpinion);
        Assert.Equal((2, 2), (play.Dossier.Opinions, play.Dossier.OpenOpinions));
        Assert.Equal("DOS-0042", play.Do(Moves.CloseOpinion, Play.As(Roles.Officer)).Error.Code);
        play.Now = play.Now.AddDays(6);
        play.Must(Moves.AnswerOpinion);
        Assert.Equal((DossierStatus.WaitOpinion, true), (play.Dossier.Status, play.Records.OfType<OpinionRequest>().First().Late));
        play.Must(Moves.CloseOpinion);
        Assert.Equal((DossierStatus.Processing, 0), (play.Dossier.Status, play.Dossier.OpenOpinions));
        Assert.DoesNotContain(play.Clock, c => c.Cause.Contains("pinion", StringComparison.Ordinal));
        var closed = play.Records.OfType<OpinionRequest>().Last();
        play.Must(Moves.RequestOpinion);
        Assert.Equal("DOS-0041", play.Dossier.AnswerOpinion(closed, null, Play.As(Roles.Officer) with { Id = Play.Colleague }, "Muộn", play.Now).Error.Code);
    }

    [Fact]
    public void Several_demands_are_paid_one_by_one_and_the_last_lets_the_clock_go_on()
    {
        var play = Play.In(DossierStatus.WaitPayment).Must(Moves.RequireFee);
        Assert.Equal(["demand-1", "demand-2"], play.Records.OfType<FeeDemand>().Select(d => d.Moment));
        play.Must(Moves.PayDemand);
        Assert.Equal((DossierStatus.WaitPayment, 1), (play.Dossier.Status, play.Dossier.OpenDemands));
        var first = play.Records.OfType<FeeDemand>().First();
        Assert.False(play.Dossier.RecordPayment(first, first.PaymentId!.Value, first.Amount, play.Now));
        play.Must(Moves.PayDemand);
        Assert.Equal((DossierStatus.Processing, 1_000_000), (play.Dossier.Status, play.Dossier.PaidAmount));
        Assert.Equal(["Start", "Pause", "Resume"], play.Clock.Select(c => c.Effect.ToString()));
        Assert.Equal(2, play.Facts.OfType<DossierFeePaid>().Count());
    }

    [Fact]
    public void A_demand_that_lapsed_waits_for_the_officer_and_can_still_be_paid()
    {
        var play = Play.In(DossierStatus.WaitPayment);
        var demand = play.Demand!;
        Assert.True(play.Dossier.RecordLapse(demand, play.Now));
        Assert.False(play.Dossier.RecordLapse(demand, play.Now));
        Assert.Equal((DossierStatus.WaitPayment, "officer"), (play.Dossier.Status, play.Dossier.WaitingFor));
        Assert.True(play.Dossier.RecordPayment(demand, Guid.CreateVersion7(), demand.Amount, play.Now));
        Assert.Equal(DossierStatus.Processing, play.Dossier.Status);
    }

    [Fact]
    public void Fees_of_the_filing_that_lapsed_can_be_demanded_again()
    {
        var play = new Play([new FeeItem("phi", "Phí", 150_000, false)]).Must(Moves.Submit).Must(Moves.Accept).Must(Moves.Assign);
        var again = new FeeAsk([], "Hết hạn lần đầu", null, Play.Start.AddDays(15));
        Assert.Equal("DOS-0049", play.Dossier.RequireFee(Play.As(Roles.Officer), again, play.Now).Error.Code);
        play.Must(Moves.RequestPayment).Must(Moves.LapsePayment);
        Assert.Equal("FEE_LAPSED", Waits.Of(play.Dossier)!.Reason);
        var demand = play.Dossier.RequireFee(Play.As(Roles.Officer), again, play.Now).Value;
        Assert.Equal((150_000, true), (demand.Amount, demand.CoversFiling));
        Assert.True(play.Dossier.RecordPayment(demand, Guid.CreateVersion7(), 150_000, play.Now));
        Assert.True(play.Dossier.FeesPaid);
        play.Must(Moves.Approve);
    }

    [Fact]
    public void There_is_one_new_appointment_and_it_comes_a_day_before_at_the_latest()
    {
        var play = Play.In(DossierStatus.Processing);
        var due = play.Dossier.DueAt!.Value;
        play.Now = due.AddHours(-20).AddHours(8);
        Assert.Equal("DOS-0107", play.Do(Moves.Extend, Play.As(Roles.Approver)).Error.Code);
        play.Now = due.AddDays(-1);
        Assert.Equal("DOS-0108", play.Dossier.Extend(Play.As(Roles.Leader), "x", Play.DeadlineOf(Play.Start, 2), Play.Rules.At(new DateOnly(2026, 11, 23)), play.Now).Error.Code);
        play.Must(Moves.Extend, Roles.Leader);
        var told = play.Facts.OfType<DossierDeadlineExtended>().Single();
        Assert.Equal((due, play.Dossier.DueAt), (told.PreviousDueAt, told.DueAt));
        Assert.Equal("DOS-0106", play.Do(Moves.Extend, Play.As(Roles.Approver)).Error.Code);
        var letter = FormOf(play, PaperForm.Apology);
        Assert.Equal((due, told.DueAt, "Cần xác minh thêm"), (letter.DueAt, letter.NewDueAt, letter.Reason));
    }

    [Fact]
    public void Originals_go_back_before_the_end()
    {
        var play = Play.In(DossierStatus.Resolved, originals: 3);
        Assert.Equal("DOS-0043", play.Do(Moves.Return, Play.As(Roles.Reception)).Error.Code);
        Assert.Equal("DOS-0043", play.Do(Moves.Receive, Actor.System).Error.Code);
        Assert.True(play.Dossier.Return(Play.As(Roles.Reception), new HandingOver(ReturnMethod.Post, null, null, "VNPost", "EB1VN", true), play.Now).IsSuccess);
        Assert.Equal((0, "POST", "EB1VN"), (play.Dossier.OriginalsHeld, play.Dossier.ReturnMethod, play.Dossier.ReturnTracking));
        var other = Play.In(DossierStatus.Stopped, originals: 1).Must(Moves.ReturnOriginals);
        Assert.Equal("DOS-0044", other.Do(Moves.ReturnOriginals, Play.As(Roles.Reception)).Error.Code);
    }

    [Fact]
    public void A_refusal_is_signed_and_returned_like_any_result_without_its_fees()
    {
        var play = new Play([new FeeItem("phi", "Phí", 150_000, false)]).Must(Moves.Submit).Must(Moves.Accept).Must(Moves.Assign).Must(Moves.Refuse);
        Assert.Contains("Căn cứ: Điều 19", play.Dossier.Decision, StringComparison.Ordinal);
        play.Must(Moves.Resolve).Must(Moves.Return);
        Assert.Equal((Outcome.Refused, DossierStatus.Returned), (play.Dossier.Outcome, play.Dossier.Status));
        Assert.Equal(Outcome.Refused, play.Facts.OfType<DossierResultReady>().Single().Outcome);
    }

    [Fact]
    public void The_fact_of_a_result_says_the_date_that_was_promised_unless_the_agency_had_to_move_it()
    {
        var play = Play.In(DossierStatus.Resolved);
        Assert.Equal(Play.DeadlineOf(Play.Start).DueAt, play.Facts.OfType<DossierResultReady>().Single().DueAt);

        var late = Play.In(DossierStatus.Processing).Must(Moves.Extend, Roles.Leader).Must(Moves.Approve).Must(Moves.Resolve);
        Assert.Null(late.Facts.OfType<DossierResultReady>().Single().DueAt);

        var later = Play.In(DossierStatus.Processing);
        later.Now = later.Dossier.DueAt!.Value.AddMinutes(1);
        Assert.True(later.Dossier.Apologise(null, later.Now));
        later.Must(Moves.Approve).Must(Moves.Resolve);
        Assert.Null(later.Facts.OfType<DossierResultReady>().Single().DueAt);
    }

    [Fact]
    public void A_correction_replaces_the_result_and_opens_nothing_else()
    {
        var play = Play.In(DossierStatus.Returned, signing: true);
        var old = play.Dossier.ResultDocumentId;
        play.Must(Moves.ReplaceResult);
        var told = play.Facts.OfType<DossierResultCorrected>().Single();
        Assert.Equal((old, play.Dossier.ResultDocumentId, 1), (told.ReplacedDocumentId, told.ResultDocumentId, play.Dossier.Corrections));
        Assert.Equal(DossierStatus.Returned, play.Dossier.Status);
        play.Must(Moves.Correct).Must(Moves.ReplaceResult);
        Assert.Equal(2, play.Dossier.Corrections);
    }

    [Fact]
    public void Forms_say_what_their_papers_need()
    {
        var play = Play.In(DossierStatus.SupplementProcessing);
        Assert.Equal([PaperForm.Receipt, PaperForm.Control, PaperForm.Supplement], play.Records.OfType<IssuedForm>().Select(f => f.Kind));
        Assert.All(play.Records.OfType<IssuedForm>(), f => Assert.Equal((Regime.Oss2025, PaperForm.Number(f.Kind, Regime.Oss2025)), (f.Regime, f.Number)));
        var form = FormOf(play, PaperForm.Supplement);
        Assert.Equal(("A-1", "Nguyễn Văn Dân", "0203 382 5300", "Tổ 3, phường Hạ Long", Roles.Officer), (form.Code, form.Owner, form.Phone, form.Address, form.OfficerRole));
        Assert.Equal([new FormItem(1, "Đơn", "Thiếu chữ ký"), new FormItem(2, "Điện thoại", "Thiếu số")], form.Items!);
        Assert.Equal(Play.Start.AddDays(20), form.Deadline);
        Assert.Equal(Play.Grounds, new Grounds(FormOf(Play.In(DossierStatus.Stopped), PaperForm.Stop).LegalBasis!, FormOf(Play.In(DossierStatus.Stopped), PaperForm.Stop).Reason!));
        var old = new Play(at: LocalTime.Instant(new DateOnly(2025, 6, 30), new TimeOnly(9, 0))).Must(Moves.Submit).Must(Moves.Accept).Must(Moves.Assign).Must(Moves.Stop);
        Assert.Equal([("RECEIPT", "01"), ("CONTROL", "05"), ("STOP", null)], old.Records.OfType<IssuedForm>().Select(f => (f.Kind, f.Number)));
    }

    private static bool Supplementable(DateTimeOffset now)
    {
        var play = Play.In(DossierStatus.Processing);
        play.Now = now;
        return play.Do(Moves.RequestSupplement, Play.As(Roles.Officer)).IsSuccess;
    }

    private static FormData FormOf(Play play, string kind) =>
        JsonSerializer.Deserialize<FormData>(play.Records.OfType<IssuedForm>().Last(f => f.Kind == kind).Data, JsonSerializerOptions.Web)!;
}
