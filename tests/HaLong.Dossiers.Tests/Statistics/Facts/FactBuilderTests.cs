using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Satisfaction;
using HaLong.Dossiers.Statistics.Facts;
using HaLong.Dossiers.Tests.Domain.Lifecycle;
using static HaLong.Dossiers.Tests.Statistics.Facts.Tale;
using Punctuality = HaLong.Dossiers.Statistics.Facts.Punctuality;

namespace HaLong.Dossiers.Tests.Statistics.Facts;

/// <summary>Fields of a fact by examples; dates and stays have tests of their own.</summary>
public sealed class FactBuilderTests
{
    private static readonly FeeItem Fee = new("phi", "Phí", 150_000, true);

    [Fact]
    public void The_straight_way_tells_its_days_units_and_codes()
    {
        var fact = new Tale().Resolved("2025-10-13T15:00").On("2025-10-14T09:00", "return").Fact;
        Assert.Equal(("06688", "06688", "commune", "1.013978", "LAND"), (fact.UnitCode, fact.ReceivingUnitCode, fact.Level, fact.ProcedureCode,
            fact.FieldCode));
        Assert.Equal((Day(6), Day(6), Day(13), Day(14), Day(14)), (fact.ReceivedDay, fact.AcceptedDay!.Value, fact.ResolvedDay!.Value,
            fact.ReturnedDay!.Value, fact.ClosedDay!.Value));
        Assert.Equal((IntakeSource.OwnForm, FilingHand.Self, null), (fact.Source, fact.Hand, fact.HelperUnit));
        Assert.False(fact.Refused || fact.IdentityProved || fact.HasFees || fact.FeesZero);
        Assert.Equal((0, null, null, null), (fact.Corrections, fact.PaidBy, fact.RatedDay, fact.Rating));
    }

    [Fact]
    public void A_dossier_that_was_just_filed_has_no_dates_but_one_and_no_promise()
    {
        var fact = new Tale().Fact;
        Assert.Equal(Day(6), fact.ReceivedDay);
        Assert.All(new[] { fact.AcceptedDay, fact.ResolvedDay, fact.ReturnedDay, fact.ClosedDay, fact.LegalDue, fact.StatisticalDue }, Assert.Null);
        Assert.Null(fact.Legal ?? fact.Statistical);
        Assert.Equal((Day(6), StateKind.New), (Assert.Single(fact.StateDays), Assert.Single(fact.StateKinds)));
        Assert.Empty(fact.StayKinds);
    }

    [Fact]
    public void Days_are_local_ones()
    {
        // 01:00 in Hạ Long is the evening before in UTC.
        var fact = new Tale().On("2025-10-08T01:00", "accept").Fact;
        Assert.Equal(Day(8), fact.AcceptedDay);
    }

    [Theory]
    [InlineData("citizen", "self")]
    [InlineData("organisation", "self")]
    [InlineData("delegate", "delegate")]
    [InlineData("representative", "delegate")]
    [InlineData("helper", "helper")]
    [InlineData("reception", "reception")]
    public void Who_filed_is_told_by_the_role_of_the_first_step(string role, string hand) => Assert.Equal(hand, new Tale(role: role).Fact.Hand);

    [Fact]
    public void Where_it_came_from_is_what_was_noted_and_else_told_by_channel_and_place()
    {
        Assert.Equal(IntakeSource.Portal, new Tale(before: d => d.CameFrom(IntakeSource.Portal)).Fact.Source);
        Assert.Equal(IntakeSource.Home, new Tale(before: d => d.WorkedOn(Help("home")), role: "helper").Fact.Source);
        var office = new Tale(before: d => d.WorkedOn(Help("office")), role: "helper").Fact;
        Assert.Equal((IntakeSource.Commune, "06652"), (office.Source, office.HelperUnit));
        // Helped to fill it in, and filed by the owner himself.
        var own = new Tale(before: d => d.WorkedOn(Help("office"))).Fact;
        Assert.Equal((IntakeSource.OwnForm, FilingHand.Self, null), (own.Source, own.Hand, own.HelperUnit));
    }

    [Theory]
    [InlineData("counter", "counter")]
    [InlineData("post", "post")]
    public void Papers_at_the_counter_are_digitised_when_each_has_its_file_at_acceptance(string channel, string source)
    {
        var dossier = Filed(channel);
        var history = Histories.Of(dossier, [Step("reception")], [], [Scan(1, 8)], null, ProcedureTraits.None);
        var fact = Make(history);
        Assert.Equal((source, FilingHand.Reception, true, false), (fact.Source, fact.Hand, fact.HasComponents, fact.DigitisedAtReception));
        Assert.True(Make(Histories.Of(dossier, [Step("reception")], [], [Scan(1, 8), Scan(2, 9)], null, ProcedureTraits.None)).DigitisedAtReception);
    }

    [Fact]
    public void What_is_scanned_after_acceptance_is_not_digitised_at_reception()
    {
        var tale = new Tale(before: d => d.EnteredAtCounter(Counter), role: "reception").File("2025-10-06T08:30", 1).On("2025-10-06T09:00", "accept")
            .File("2025-10-06T11:00", 2);
        Assert.False(tale.Fact.DigitisedAtReception);
        Assert.True(new Tale(before: d => d.EnteredAtCounter(Counter), role: "reception").File("2025-10-06T08:30", 1).File("2025-10-06T08:59", 2)
            .On("2025-10-06T09:00", "accept").Fact.DigitisedAtReception);
    }

    [Fact]
    public void Components_are_there_when_some_are_required_or_were_handed_in()
    {
        var none = new ProcedureTraits("LAND", false, true, false);
        Assert.True(new Tale().Fact is { HasComponents: true, DigitisedAtReception: false });
        Assert.False(new Tale { Procedure = none }.Fact.HasComponents);
        Assert.True(new Tale { Procedure = none }.File(Tale.Filed, 1).Fact is { HasComponents: true, DigitisedAtReception: true });
    }

    [Fact]
    public void The_result_is_expected_where_the_procedure_gives_one_and_electronic_once_it_is_there()
    {
        Assert.True(new Tale().Fact is { ResultExpected: false, ResultElectronic: false });
        Assert.True(new Tale().Resolved("2025-10-07T09:00").Fact is { ResultExpected: true, ResultElectronic: false });
        Assert.True(new Tale().Resolved("2025-10-07T09:00").File("2025-10-07T09:00", null).Fact is { ResultExpected: true, ResultElectronic: true });
        Assert.False(new Tale { Procedure = new("LAND", true, false, false) }.Resolved("2025-10-07T09:00").Fact.ResultExpected);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void Identity_is_proved_from_the_second_level_on(int? level, bool proved) =>
        Assert.Equal(proved, new Tale(before: d => { if (level is { } l) d.IdentifiedBy(l); }).Fact.IdentityProved);

    [Fact]
    public void A_refusal_in_writing_is_a_result()
    {
        var tale = new Tale().On("2025-10-06T09:00", "accept").On("2025-10-06T10:00", "assign").On("2025-10-08T09:00", "refuse");
        Assert.True(tale.Fact is { Refused: false, ResolvedDay: null });
        Assert.True(tale.On("2025-10-09T09:00", "resolve").Fact is { Refused: true, Legal: Punctuality.Early });
    }

    [Fact]
    public void It_is_the_officers_who_has_it_or_had_it_last()
    {
        var tale = new Tale().On("2025-10-06T09:00", "accept");
        Assert.Null(tale.Fact.OfficerId);
        Assert.Equal(Play.Officer, tale.On("2025-10-06T10:00", "assign").Fact.OfficerId);
        Assert.Equal(Play.Colleague, tale.On("2025-10-06T11:00", "reassign").Fact.OfficerId);
        Assert.Null(tale.On("2025-10-06T11:30", "reassign", "chief").On("2025-10-06T14:00", "release").Fact.OfficerId);
        Assert.Equal(Play.Officer, tale.On("2025-10-07T08:00", "assign").On("2025-10-08T09:00", "approve").On("2025-10-08T10:00", "resolve").Fact.OfficerId);
    }

    [Fact]
    public void A_correction_after_the_return_counts_and_opens_nothing()
    {
        var before = new Tale().Resolved("2025-10-13T15:00").On("2025-10-14T09:00", "return");
        var (days, stays) = (before.Fact.StateDays, before.Fact.StayKinds);
        var fact = before.On("2025-10-20T09:00", "correct").On("2025-10-21T09:00", "replaceResult").Fact;
        Assert.Equal((1, Day(13), Day(14), Day(14)), (fact.Corrections, fact.ResolvedDay!.Value, fact.ReturnedDay!.Value, fact.ClosedDay!.Value));
        Assert.Equal(days, fact.StateDays);
        Assert.Equal(stays, fact.StayKinds);
    }

    [Fact]
    public void The_successor_of_its_unit_has_it_from_the_first_day_on()
    {
        var fact = new Tale().On("2025-10-06T09:00", "accept").On("2025-10-07T09:00", "transfer").Fact;
        Assert.Equal(("06652", "06652"), (fact.UnitCode, fact.ReceivingUnitCode));
        Assert.Equal([StateKind.Accepted], fact.StateKinds);
    }

    [Fact]
    public void Fees_of_the_filing_are_paid_and_how_is_told_by_who_told_of_the_money()
    {
        var tale = new Tale(fees: [Fee]);
        Assert.True(tale.Fact is { HasFees: true, FeesZero: false, PaidBy: null, PaidAmount: 0 });
        Assert.True(tale.Play.Dossier.RecordPayment(Guid.CreateVersion7(), 150_000, At("2025-10-06T09:00"), "portal"));
        Assert.Equal((PaidBy.Portal, 150_000), (tale.Fact.PaidBy, tale.Fact.PaidAmount));
    }

    [Theory]
    [InlineData("cash", "cash")]
    [InlineData("portal", "portal")]
    [InlineData("vcb", "online")]
    [InlineData(null, "online")]
    public void A_bank_is_online(string? provider, string expected) => Assert.Equal(expected, PaidBy.Of(provider));

    [Fact]
    public void Of_several_payments_the_first_that_was_not_cash_counts_and_all_are_summed_up()
    {
        var tale = new Tale(fees: [Fee]).On("2025-10-06T09:00", "accept").On("2025-10-06T10:00", "assign").On("2025-10-07T10:00", "requireFee");
        var dossier = tale.Play.Dossier;
        Assert.True(dossier.RecordPayment(Guid.CreateVersion7(), 150_000, At("2025-10-07T11:00"), "cash"));
        Assert.Equal(PaidBy.Cash, tale.Fact.PaidBy);
        Assert.True(dossier.RecordPayment(tale.Play.Demand!, Guid.CreateVersion7(), 500_000, At("2025-10-07T12:00"), "vcb"));
        Assert.Equal((PaidBy.Online, 650_000), (tale.Fact.PaidBy, tale.Fact.PaidAmount));
    }

    [Fact]
    public void A_payment_after_the_end_is_still_a_payment()
    {
        var tale = new Tale(fees: [Fee]).On("2025-10-06T09:00", "accept").On("2025-10-07T09:00", "withdraw");
        Assert.True(tale.Play.Dossier.RecordPayment(Guid.CreateVersion7(), 150_000, At("2025-10-09T09:00"), "vcb"));
        Assert.True(tale.Fact is { PaidBy: PaidBy.Online, PaidAmount: 150_000 } fact && fact.ClosedDay == Day(7) && fact.StateKinds[^1] == StateKind.Withdrawn);
    }

    [Fact]
    public void Fees_are_zero_when_nothing_is_charged_or_all_is_waived()
    {
        var withFees = new ProcedureTraits("LAND", true, true, true);
        Assert.True(new Tale { Procedure = withFees }.Fact is { HasFees: true, FeesZero: true });
        Assert.True(new Tale(fees: [Fee]) { Procedure = withFees }.Fact is { HasFees: true, FeesZero: false });
        Assert.True(new Tale(fees: [Fee]) { Procedure = withFees }.On("2025-10-06T09:00", "waiveFee").Fact is { HasFees: true, FeesZero: true, PaidBy: null });
        // A demand that is not waived is a fee.
        var demanded = new Tale().On("2025-10-06T09:00", "accept").On("2025-10-06T10:00", "assign").On("2025-10-07T10:00", "requireFee");
        Assert.True(demanded.Fact is { HasFees: true, FeesZero: false });
        Assert.True(demanded.Play.Dossier.RecordWaiver(demanded.Play.Demand!, At("2025-10-07T11:00")));
        Assert.True(demanded.Fact is { HasFees: true, FeesZero: true });
    }

    [Fact]
    public void The_rating_is_told_with_the_day_on_which_it_was_first_given()
    {
        var tale = new Tale().Resolved("2025-10-13T15:00");
        tale.Rows.Add(new DossierRating { Stars = 4, RatedAt = At("2025-10-15T00:30"), ChangedAt = At("2025-10-16T08:00") });
        Assert.Equal((Day(15), (short)4), (tale.Fact.RatedDay!.Value, tale.Fact.Rating!.Value));
    }

    [Fact]
    public void Requests_for_completion_and_apologies_are_days_one_for_each()
    {
        var tale = new Tale().On("2025-10-06T09:00", "requestSupplement").On("2025-10-08T09:00", "supplement").On("2025-10-08T10:00", "accept")
            .On("2025-10-08T11:00", "assign")
            .On("2025-10-09T09:00", "requestSupplement").On("2025-10-10T09:00", "supplement").On("2025-10-13T09:00", "extend")
            .On("2025-12-01T09:00", "apologise");
        Assert.Equal([Day(6), Day(9)], tale.Fact.SupplementDays);
        Assert.Equal([Day(13), new DateOnly(2025, 12, 1)], tale.Fact.ApologyDays);
    }

    private static readonly CounterFiling Counter =
        new(Play.As("reception").Id, "06688", "Dân", SubmitterRelation.Owner, null, [new(1, 1, 0, 0, null), new(2, 0, 1, 0, null)]);

    private static Hand Help(string place) => new(Guid.CreateVersion7(), null, Guid.CreateVersion7(), "06652", place, null);

    private static DossierFact Make(DossierHistory history) => FactBuilder.Of(history, Play.Calendar, Play.Rules);

    private static TimelineEntry Step(string role) =>
        new()
        {
            Step = 1,
            At = At(Tale.Filed),
            Action = "submit",
            ActorRole = role,
            FromStatus = DossierStatus.Draft,
            ToStatus = DossierStatus.Submitted,
            NoteVi = "",
            NoteEn = ""
        };

    private static DossierDocument Scan(int component, int hour) =>
        new()
        {
            Kind = DocumentKind.Component,
            Component = component,
            FileName = "a.pdf",
            MediaType = "application/pdf",
            Sha256 = "a",
            CreatedAt = At($"2025-10-06T0{hour}:00")
        };

    private static Dossier Filed(string channel)
    {
        var (owner, at) = (Guid.CreateVersion7(), At(Tale.Filed));
        var procedure = HaLong.Dossiers.Tests.Domain.DossierTests.ProcedureOf("1.013978");
        var dossier = Dossier.Open(Guid.CreateVersion7(), procedure, new DossierUnit("06688", "A", "A"), new Applicant(owner, "Dân", null, owner, channel),
            "Cấp giấy", "{}", [], at);
        dossier.EnteredAtCounter(Counter);
        Assert.True(dossier.Submit("A-1", procedure, [], new Actor(Counter.OfficerId, "reception", "06688", "Tiếp"), at).IsSuccess);
        return dossier;
    }
}
