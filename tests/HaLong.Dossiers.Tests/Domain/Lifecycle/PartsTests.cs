using System.Text.Json;
using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;

namespace HaLong.Dossiers.Tests.Domain.Lifecycle;

/// <summary>The small things of the lifecycle, each by itself.</summary>
public sealed class PartsTests
{
    private static readonly DateTimeOffset Now = Play.Start;

    [Fact]
    public void An_opinion_in_time_is_not_late()
    {
        var opinion = Opinion(Now.AddDays(1));

        opinion.Reply(Play.Colleague, "Không có ý kiến", Now);

        Assert.False(opinion.Late);
        Assert.False(opinion.IsOpen);
        Assert.Equal(Play.Colleague, opinion.AnsweredBy);
        Assert.Equal("Không có ý kiến", opinion.Answer);
        Assert.Equal(Now, opinion.AnsweredAt);
        Assert.Null(opinion.ClosedAt);
    }

    [Fact]
    public void An_opinion_on_its_last_moment_is_in_time_and_a_moment_later_late()
    {
        var (last, after) = (Opinion(Now), Opinion(Now));

        last.Reply(Play.Colleague, "x", Now);
        after.Reply(Play.Colleague, "x", Now.AddTicks(1));

        Assert.False(last.Late);
        Assert.True(after.Late);
    }

    [Fact]
    public void An_opinion_that_is_closed_is_late_and_not_open()
    {
        var opinion = Opinion(Now);

        opinion.Close("Tự xác minh", Now.AddDays(1));

        Assert.True(opinion.Late);
        Assert.False(opinion.IsOpen);
        Assert.Equal("Tự xác minh", opinion.CloseReason);
        Assert.Null(opinion.Answer);
    }

    [Fact]
    public void A_demand_is_settled_once()
    {
        var (demand, first) = (Demand(), Guid.CreateVersion7());

        Assert.True(demand.Settle(first, Now));
        Assert.False(demand.Settle(Guid.CreateVersion7(), Now.AddDays(1)));

        Assert.Equal(first, demand.PaymentId);
        Assert.Equal(Now, demand.SettledAt);
        Assert.Equal(FeeDemandState.Settled, demand.State);
    }

    [Fact]
    public void A_demand_lapses_once_and_only_while_it_is_open()
    {
        var (open, settled) = (Demand(), Demand());
        settled.Settle(Guid.CreateVersion7(), Now);

        Assert.True(open.Lapse());
        Assert.False(open.Lapse());
        Assert.False(settled.Lapse());

        Assert.Equal(FeeDemandState.Lapsed, open.State);
        Assert.Equal(FeeDemandState.Settled, settled.State);
    }

    [Fact]
    public void A_demand_keeps_its_first_payment_request()
    {
        var (demand, first) = (Demand(), Guid.CreateVersion7());

        demand.Requested(first);
        demand.Requested(Guid.CreateVersion7());

        Assert.Equal(first, demand.PaymentId);
        Assert.Equal(FeeDemandState.Open, demand.State);
    }

    [Theory]
    [InlineData("demand-1", 1)]
    [InlineData("demand-12", 12)]
    [InlineData("atFiling", null)]
    [InlineData("demand-", null)]
    [InlineData("demand-x", null)]
    [InlineData("demand--1", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_moment_of_charging_names_its_demand(string? moment, int? number)
    {
        Assert.Equal(number, FeeMoments.DemandOf(moment));
        if (number is { } known)
            Assert.Equal(moment, FeeMoments.OfDemand(known));
    }

    [Theory]
    [InlineData("2026-11-20", false)]
    [InlineData("2026-11-21", true)]
    [InlineData("2026-11-23", true)]
    [InlineData("2026-11-25", true)]
    [InlineData("2026-11-26", false)]
    public void An_absence_covers_its_first_and_last_day(string day, bool covered) =>
        Assert.Equal(covered, Absence().Covers(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void An_absence_that_was_ended_covers_nothing()
    {
        var absence = Absence();

        absence.End(Now);

        Assert.False(absence.Covers(new DateOnly(2026, 11, 23)));
        Assert.Equal(Now, absence.EndedAt);
    }

    [Theory]
    [InlineData("""{"phone":"0912","address":"Tổ 1","email":"a@b.vn"}""", "Tổ 1", "0912", "a@b.vn")]
    [InlineData("""{"dienThoai":"0912","diaChi":"Tổ 1"}""", "Tổ 1", "0912", null)]
    [InlineData("""{"phone":"","dienThoai":"0913"}""", null, "0913", null)]
    [InlineData("""{"phone":912,"address":{"street":"x"},"email":null}""", null, null, null)]
    [InlineData("{}", null, null, null)]
    public void Where_to_reach_the_applicant_is_what_the_form_says_under_the_usual_names(string data, string? address, string? phone, string? email)
    {
        var contact = Contact.Of(data);

        Assert.Equal(address, contact.Address);
        Assert.Equal(phone, contact.Phone);
        Assert.Equal(email, contact.Email);
    }

    [Fact]
    public void What_is_too_long_for_a_form_is_left_out() =>
        Assert.Null(Contact.Of(JsonSerializer.Serialize(new { phone = new string('9', 301) })).Phone);

    [Fact]
    public void Form_data_come_back_from_json_as_they_were()
    {
        var data = new FormData
        {
            Agency = "Phường Hạ Long",
            UnitCode = "06688",
            Code = "A-1",
            ProcedureCode = "1.013978",
            ProcedureName = "Đăng ký đất đai",
            Subject = "Cấp giấy",
            Owner = "Nguyễn Văn Dân",
            Channel = "online",
            Officer = "Trần Thị Cán",
            OfficerRole = "officer",
            ReceivedAt = Now,
            DueAt = Now.AddDays(10),
            NewDueAt = Now.AddDays(20),
            Deadline = Now.AddDays(5),
            TimeLimit = "17 ngày làm việc",
            Reason = "Lý do “đặc biệt”",
            LegalBasis = "Điều 19",
            HandOver = new HandOverRow("A", "B", Now, "LATE", "ghi chú"),
        };

        var back = JsonSerializer.Deserialize<FormData>(data.ToJson(), JsonSerializerOptions.Web)!;

        Assert.Equal(data, back);
        Assert.Equal(1, back.Sets);
    }

    [Theory]
    [InlineData(WaitLimit.Draft, LimitUnit.CalendarDay, 90, true)]
    [InlineData(WaitLimit.Reception, LimitUnit.WorkingHour, 480, true)]
    [InlineData(WaitLimit.Forwarding, LimitUnit.SameDay, 0, false)]
    [InlineData(WaitLimit.Pool, LimitUnit.WorkingDay, 1, true)]
    [InlineData(WaitLimit.Payment, LimitUnit.CalendarDay, 15, true)]
    [InlineData(WaitLimit.Signing, LimitUnit.WorkingHour, 240, true)]
    [InlineData(WaitLimit.HandingOver, LimitUnit.WorkingDay, 1, true)]
    [InlineData(WaitLimit.Demanding, LimitUnit.WorkingDay, 1, true)]
    internal void Each_wait_has_its_limit_and_says_whether_it_is_assumed(WaitLimit limit, LimitUnit unit, int count, bool assumed)
    {
        var rule = new WaitRules().Of(limit)!.Value;

        Assert.Equal(new TimeLimit(unit, count), rule.Limit);
        Assert.Equal(assumed, rule.Assumed);
    }

    [Theory]
    [InlineData(WaitLimit.Until)]
    [InlineData(WaitLimit.Due)]
    internal void Where_the_dossier_knows_the_date_no_limit_is_asked(WaitLimit limit) => Assert.Null(new WaitRules().Of(limit));

    [Fact]
    public void A_regime_that_is_not_named_in_the_settings_has_the_defaults()
    {
        var options = new DossierOptions { Waits = { [Regime.Oss2025] = new WaitRules { ReceptionHours = 4 } } };

        Assert.Equal(4, options.WaitsOf(Regime.Oss2025).ReceptionHours);
        Assert.Equal(8, options.WaitsOf(Regime.Oss2018).ReceptionHours);
    }

    [Theory]
    [InlineData(DossierStatus.Draft, 0)]
    [InlineData(DossierStatus.Submitted, 1)]
    [InlineData(DossierStatus.SupplementReception, 1)]
    [InlineData(DossierStatus.Accepted, 2)]
    [InlineData(DossierStatus.Processing, 3)]
    [InlineData(DossierStatus.WaitOpinion, 3)]
    [InlineData(DossierStatus.SupplementProcessing, 3)]
    [InlineData(DossierStatus.WaitPayment, 3)]
    [InlineData(DossierStatus.Resolved, 4)]
    [InlineData(DossierStatus.Returned, 5)]
    [InlineData(DossierStatus.NotAccepted, 5)]
    [InlineData(DossierStatus.Stopped, 5)]
    [InlineData(DossierStatus.Withdrawn, 5)]
    public void Tracking_knows_how_far_each_state_is(string status, int step) => Assert.Equal(step, DossierStatus.StepOf(status));

    [Fact]
    public void The_states_are_each_in_one_group()
    {
        Assert.Equal(DossierStatus.All.Count, DossierStatus.All.Distinct().Count());
        Assert.Empty(DossierStatus.Open.Intersect(DossierStatus.Over));
        Assert.DoesNotContain(DossierStatus.Draft, DossierStatus.Open.Concat(DossierStatus.Over));
        Assert.Equal(DossierStatus.All.Count, DossierStatus.Open.Count + DossierStatus.Over.Count + 1);
    }

    private static OpinionRequest Opinion(DateTimeOffset deadline) =>
        new() { UnitCode = "06652", UnitNameVi = "Phường Hà Tu", UnitNameEn = "Ha Tu Ward", Question = "Có tranh chấp không?", Deadline = deadline };

    private static FeeDemand Demand() => new() { Number = 1, Fees = [new FeeItem("duty", "Thuế", 5, false)], Amount = 5, Reason = "x", Deadline = Now };

    private static OfficerAbsence Absence() =>
        new() { UnitCode = "06688", OfficerId = Play.Officer, SubstituteId = Play.Colleague, From = new DateOnly(2026, 11, 21), To = new DateOnly(2026, 11, 25) };
}
