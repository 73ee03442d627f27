using HaLong.Dossiers.Contracts.Events;
using HaLong.Dossiers.Domain;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Tests.Domain;

/// <summary>What filing and reorganisations do to a dossier, without anything around it.</summary>
public sealed class FilingStateTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 3, 0, 0, TimeSpan.Zero);
    private static readonly Guid Owner = Guid.CreateVersion7(), Officer = Guid.CreateVersion7();
    private static readonly DossierUnit HaKhau = Unit("06655", "Phường Hà Khẩu", "2020-01-01"), VietHung = Unit("06661", "Phường Việt Hưng"), HaTu = Unit("06652", "Phường Hà Tu");

    private static readonly Procedure Procedure = new()
    {
        Id = Guid.CreateVersion7(),
        Code = "1.013978",
        NameVi = "Đăng ký đất đai",
        NameEn = "Land",
        Field = "LAND",
        Level = "commune",
        Content = "{}",
        ContentHash = new string('0', 64),
        ValidFrom = new DateOnly(2026, 1, 1),
    };

    [Fact]
    public void A_draft_goes_where_it_is_placed_and_a_filed_dossier_does_not()
    {
        var dossier = Open();
        Assert.True(dossier.Place(new Placement(VietHung, HaTu, "06661@2025-07-01"), Now).IsSuccess);
        Assert.Equal(("06661", "06661@2025-07-01", "06652", "06661@2025-07-01"), (dossier.UnitCode, dossier.UnitId, dossier.ReceivingUnitCode, dossier.PlaceUnitId));
        File(dossier);
        Assert.Equal(DossierErrors.WrongState.Code, dossier.Place(new Placement(HaTu, HaTu, null), Now).Error.Code);
        Assert.Equal("06661", dossier.UnitCode);
    }

    [Theory]
    [InlineData("2025-06-30T16:59:59Z", "OSS-2018")]
    [InlineData("2025-06-30T17:00:00Z", "OSS-2025")]
    [InlineData("2018-12-31T17:00:00Z", "OSS-2018")]
    [InlineData("2026-12-31T16:59:59Z", "OSS-2025")]
    public void The_regime_is_that_of_the_local_day_of_filing_and_stays(string at, string regime)
    {
        var dossier = Open();
        Assert.Null(dossier.Regime);
        File(dossier, at: DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(regime, dossier.Regime);
        dossier.MoveTo(new Placement(HaTu, HaTu, null), Now);
        Assert.Equal(regime, dossier.Regime);
    }

    [Fact]
    public void The_fact_says_all_three_units_and_the_regime()
    {
        var dossier = Open();
        dossier.Place(new Placement(VietHung, HaTu, null), Now);
        dossier.WorkedOn(new Hand(Officer, null, Guid.CreateVersion7(), "06673", "office", AssistanceKind.FormFilling));
        File(dossier);
        var fact = Assert.IsType<DossierSubmitted>(Assert.Single(dossier.TakeChanges().Facts));
        Assert.Equal(("06661", "06652", "06673", "OSS-2025"), (fact.UnitCode, fact.ReceivingUnitCode, fact.SupportUnitCode, fact.Regime));
    }

    [Fact]
    public void A_delegate_has_no_supporting_unit()
    {
        var dossier = Open();
        dossier.WorkedOn(new Hand(Officer, Guid.CreateVersion7(), null, null, null, null));
        Assert.Null(dossier.SupportUnitCode);
    }

    [Fact]
    public void Passing_on_keeps_state_code_and_officer_and_writes_one_step_without_a_fact()
    {
        var dossier = Processing();
        dossier.TakeChanges();
        dossier.MoveTo(new Placement(HaTu, VietHung, null), Now);
        var (facts, steps, _) = dossier.TakeChanges();
        Assert.Empty(facts);
        var step = Assert.Single(steps);
        Assert.Equal(("transfer", "PROCESSING", "PROCESSING", "system"), (step.Action, step.FromStatus, step.ToStatus, step.ActorRole));
        Assert.Equal(("06652", "06661", "C", Officer), (dossier.UnitCode, dossier.ReceivingUnitCode, dossier.Code, dossier.OfficerId));
        Assert.Contains("Phường Hà Khẩu", step.NoteVi, StringComparison.Ordinal);
    }

    [Fact]
    public void A_divided_unit_waits_until_one_of_its_successors_is_chosen()
    {
        var dossier = Processing();
        var chief = new Actor(Guid.CreateVersion7(), Roles.Chief, "06661", "Chủ tịch");
        Assert.Equal(SubmissionErrors.NothingToChoose, dossier.ChooseUnit(chief, new Placement(VietHung, VietHung, null), "x", Now).Error);
        dossier.AwaitUnitChoice(["06661", "06706"], Now);
        Assert.True(dossier.NeedsUnitChoice);
        var refused = dossier.ChooseUnit(chief, new Placement(HaTu, HaTu, null), "x", Now).Error;
        Assert.Equal((SubmissionErrors.NotASuccessor.Code, "unitCode"), (refused.Code, refused.FieldMessages[0].Field));
        Assert.Equal("06655", dossier.UnitCode);

        dossier.TakeChanges();
        Assert.True(dossier.ChooseUnit(chief, new Placement(VietHung, VietHung, null), "Tổ 3", Now).IsSuccess);
        var step = Assert.Single(dossier.TakeChanges().Steps);
        Assert.Equal((chief.Id, Roles.Chief, "chooseUnit"), (step.ActorId, step.ActorRole, step.Action));
        Assert.Contains("Tổ 3", step.NoteVi, StringComparison.Ordinal);
        Assert.Equal(("06661", false), (dossier.UnitCode, dossier.NeedsUnitChoice));
    }

    [Fact]
    public void A_new_receiving_unit_leaves_who_decides()
    {
        var dossier = Processing();
        dossier.ReceiveAt(HaTu, Now);
        Assert.Equal(("06655", "06652"), (dossier.UnitCode, dossier.ReceivingUnitCode));
        Assert.Equal("changeReceivingUnit", dossier.TakeChanges().Steps[^1].Action);
    }

    [Fact]
    public void Who_entered_it_at_the_counter_may_accept_it_and_who_filed_for_the_owner_may_not()
    {
        var (reception, entered, brought) = (new Actor(Officer, Roles.Reception, "06655", "Cán bộ"), Open(Officer), Open(Officer));
        entered.EnteredAtCounter(new CounterFiling(Officer, "06655", "Con", SubmitterRelation.Family, "Con đẻ", []));
        File(entered, reception);
        File(brought, reception);
        Assert.True(entered.Accept(reception, Now, false, Now).IsSuccess);
        Assert.Equal(DossierErrors.OwnDossier, brought.Accept(reception, Now, false, Now).Error);
        Assert.Equal((Officer, Roles.Reception, "06655"), (entered.SubmittedBy, entered.SubmittedAs, entered.SupportUnitCode));
    }

    [Fact]
    public void A_step_is_numbered_without_gaps_whatever_happens()
    {
        var dossier = Processing();
        dossier.ReceiveAt(HaTu, Now);
        dossier.AwaitUnitChoice(["06661"], Now);
        dossier.MoveTo(new Placement(VietHung, VietHung, null), Now);
        var steps = dossier.TakeChanges().Steps;
        Assert.Equal(Enumerable.Range(1, steps.Count), steps.Select(s => s.Step));
        Assert.All(steps.Zip(steps.Skip(1)), pair => Assert.Equal(pair.First.ToStatus, pair.Second.FromStatus));
    }

    private static DossierUnit Unit(string code, string name, string from = "2025-07-01") => new(code, name, name) { Id = $"{code}@{from}" };

    private static Dossier Open(Guid? actor = null) => Dossier.Open(
        Guid.CreateVersion7(), Procedure, HaKhau, new Applicant(Owner, "Dân", "1234", actor ?? Owner, "online"), "Thửa 12", "{}", [], Now);

    private static void File(Dossier dossier, Actor? actor = null, DateTimeOffset? at = null) =>
        Assert.True(dossier.Submit("C", Procedure, [], actor ?? new Actor(Owner, Roles.Citizen, null, "Dân"), at ?? Now).IsSuccess);

    private static Dossier Processing()
    {
        var dossier = Open();
        File(dossier);
        Assert.True(dossier.Accept(new Actor(Guid.CreateVersion7(), Roles.Reception, "06655", "A"), Now, false, Now).IsSuccess);
        Assert.True(dossier.Assign(new Actor(Officer, Roles.Officer, "06655", "B"), Officer, Now).IsSuccess);
        return dossier;
    }
}
