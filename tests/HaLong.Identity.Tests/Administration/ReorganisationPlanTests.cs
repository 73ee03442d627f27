using HaLong.Identity.Administration;
using HaLong.Identity.Administration.Reorganisations;
using HaLong.Identity.Domain;
using HaLong.Identity.Staff;
using HaLong.Identity.Units;
using static HaLong.Identity.Administration.Reorganisations.ReorganisationDocument;

namespace HaLong.Identity.Tests.Administration;

/// <summary>What does not add up, case by case, without a database.</summary>
public sealed class ReorganisationPlanTests
{
    private static readonly DateOnly Day = new(2030, 1, 1);

    private readonly List<Unit> _units = [Unit("1", level: "province"), Unit("11", "1"), Unit("12", "1"), Unit("13", "1")];
    private readonly List<Assignment> _assignments = [];
    private readonly List<UnitGroup> _groups = [];
    private readonly List<ReceivingPlace> _places = [];

    [Fact]
    public void A_merger_adds_up() => Assert.Empty(Faults(Document([New("12")], [Whole("11", "12"), Whole("12", "12")])));

    [Fact]
    public void A_code_that_exists_nowhere_is_named() =>
        Assert.Equal(["unknownUnit"], Faults(Document([], [Whole("99", "11")])));

    [Fact]
    public void A_unit_that_ended_before_or_begins_after_cannot_end_with_it()
    {
        _units[1].ValidTo = Day.AddDays(-30);
        _units[2].ValidTo = Day.AddDays(-1);

        Assert.Equal(["notValidThen", "notValidThen"], Faults(Document([], [Whole("11", "13"), Whole("12", "13")])));
    }

    [Fact]
    public void A_target_must_exist_on_the_day() => Assert.Equal(["unknownTarget"], Faults(Document([], [Whole("11", "99")])));

    [Fact]
    public void A_target_that_ends_too_is_none() => Assert.Equal(["targetEnds", "unknownTarget"], Faults(Document([], [Whole("11", "12"), Whole("12", "99")])).Order());

    [Fact]
    public void Units_that_hand_over_to_each_other_go_round_in_a_circle() =>
        Assert.Equal(["cycle", "cycle"], Faults(Document([], [Whole("11", "12"), Whole("12", "11")])));

    [Fact]
    public void A_new_version_over_one_that_stays_is_an_overlap() => Assert.Equal(["overlap"], Faults(Document([New("12")], [Whole("11", "12")])));

    [Fact]
    public void A_version_that_begins_later_overlaps_too()
    {
        _units.Add(Unit("12", "1", from: Day.AddYears(1)));
        _units[2].ValidTo = Day.AddYears(1).AddDays(-1);

        Assert.Equal(["overlap"], Faults(Document([New("12")], [Whole("12", "12")])));
    }

    [Fact]
    public void A_code_twice_in_the_document_is_named() => Assert.Contains("duplicateUnit", Faults(Document([New("20"), New("20")], [])));

    [Fact]
    public void A_transition_twice_in_the_document_is_named() => Assert.Equal(["duplicateTransition"], Faults(Document([], [Part("11", "12"), Part("11", "12")])));

    [Theory]
    [InlineData("99")]
    [InlineData("11")]
    [InlineData(null)]
    public void The_unit_above_must_be_there_and_above(string? parent) =>
        Assert.Equal(["unknownParent"], Faults(Document([New("20", parent)], [])));

    [Fact]
    public void What_is_under_a_unit_that_ends_must_not_be_left_hanging()
    {
        _units.Add(Unit("2", "1", "district"));
        _units.Add(Unit("21", "2"));

        Assert.Equal(["orphan"], Faults(Document([], [Whole("2", "1")])));
        Assert.Empty(Faults(Document([New("21")], [Whole("2", "1"), Whole("21", "21")])));
    }

    [Fact]
    public void What_went_away_whole_leaves_nothing_for_others() => Assert.Equal(["wholeAndMore"], Faults(Document([], [Whole("11", "12"), Part("11", "13")])));

    [Fact]
    public void One_part_alone_is_worth_a_second_look() => Assert.Contains("onePart", Warnings(Document([], [Part("11", "12")])));

    [Fact]
    public void An_end_without_a_successor_must_be_meant() => Assert.Contains("noSuccessor", Warnings(Document([], [], ends: ["11@2020-01-01"])));

    [Fact]
    public void A_unit_out_of_nothing_is_worth_a_second_look() => Assert.Contains("noPredecessor", Warnings(Document([New("20")], [])));

    [Fact]
    public void A_part_may_be_handed_over_by_a_unit_that_stays()
    {
        var plan = Plan(Document([], [new TransitionInput("11@2020-01-01", "12", TransitionKinds.Transfer, true, false, false, null, null)]));

        Assert.Empty(plan.Faults);
        Assert.Empty(plan.Ended);
        Assert.Contains(plan.Warnings, w => w.Code == "unconfirmed");
        Assert.Equal(["unknownUnit"], Faults(Document([], [new TransitionInput("99@2020-01-01", "12", TransitionKinds.Transfer, true, false, true, null, null)])));
    }

    [Fact]
    public void Staff_go_with_the_whole_unit_and_divided_ones_ask()
    {
        var whole = Work("11");
        Work("12");
        var plan = Plan(Document([], [Whole("11", "13"), Part("12", "13"), Part("12", "1")]));

        Assert.Equal([(whole.Id, "13", "automatic")], plan.Moves.Select(m => (m.Assignment.Id, m.To?.Code, m.How)));
        Assert.Equal(["needsChoice"], plan.Faults.Select(f => f.Code));
        Assert.Equal(1, Assert.Single(plan.Report().Splits).Staff);
    }

    [Fact]
    public void What_is_not_automatic_is_asked_for_too()
    {
        Work("11");

        Assert.Equal(["needsChoice"], Faults(Document([], [new TransitionInput("11@2020-01-01", "12", TransitionKinds.Merge, false, false, true, null, null)])));
    }

    [Fact]
    public void Staff_of_a_unit_without_a_successor_are_not_forgotten()
    {
        Work("11");

        Assert.Equal(["staffWithoutTarget"], Faults(Document([], [], ends: ["11@2020-01-01"])));
    }

    [Fact]
    public void Choices_and_moves_must_lead_somewhere_and_be_needed()
    {
        var (divided, elsewhere) = (Work("11"), Work("13"));
        TransitionInput[] split = [Part("11", "12"), Part("11", "13")];

        Assert.Equal(["choiceIsNoTarget", "needsChoice"], Faults(Document([], split) with { SplitChoices = [new SplitChoice("11@2020-01-01", "1")] }));
        Assert.Empty(Faults(Document([], split) with { SplitChoices = [new SplitChoice("11@2020-01-01", "12")] }));
        Assert.Equal(["moveNotNeeded"], Faults(Document([], split) with { StaffMoves = [new StaffMove(elsewhere.Id, "12", null), new StaffMove(divided.Id, "12", null)] }));
        Assert.Equal(["needsChoice", "unknownTarget"], Faults(Document([], split) with { StaffMoves = [new StaffMove(divided.Id, "99", null)] }).Order());
        Assert.Equal(["duplicateMove"], Faults(Document([], split) with { StaffMoves = [new StaffMove(divided.Id, "12", null), new StaffMove(divided.Id, null, true)] }));
        var ended = Plan(Document([], split) with { StaffMoves = [new StaffMove(divided.Id, null, true)] });
        Assert.Equal([(null, "ended")], ended.Moves.Select(m => (m.To, m.How)));
    }

    [Fact]
    public void Offices_close_with_their_unit_and_post_offices_do_not()
    {
        _places.AddRange([Place("a", ReceivingPlace.CommuneCentre), Place("b", ReceivingPlace.PostOffice)]);
        var document = Document([], [Whole("11", "12")]);

        Assert.Equal(["a"], Plan(document).Closed.Select(p => p.Id));
        Assert.Equal(["duplicatePlace", "unknownTarget"], Faults(document with
        {
            ReceivingPlaces = [Opening("a", "12"), Opening("c", "11")],
        }).Order());
        Assert.Equal("12", Plan(document with { ReceivingPlaces = [Opening(null, "12")] }).Opened.Single().Unit.Code);
    }

    [Fact]
    public void Groups_get_new_members_that_exist_and_are_not_forgotten()
    {
        var group = new UnitGroup { Code = "G", NameVi = "G", NameEn = "G" };
        group.Periods.Add(new UnitGroupPeriod { GroupCode = "G", ValidFrom = new DateOnly(2020, 1, 1), UnitCodes = ["11", "12"] });
        _groups.Add(group);
        var document = Document([], [Whole("11", "12")]);

        Assert.Contains("groupLosesMembers", Warnings(document));
        Assert.DoesNotContain("groupLosesMembers", Warnings(document with { Groups = [new GroupInput("G", ["12"])] }));
        Assert.Equal(["unknownTarget"], Faults(document with { Groups = [new GroupInput("G", ["11"])] }));
        Assert.Equal(["unknownGroup"], Faults(document with { Groups = [new GroupInput("H", ["12"])] }));
        Assert.Equal(["unknownGroup"], Faults(document with { Groups = [new GroupInput("G", ["12"]), new GroupInput("G", ["12"])] }));
        group.Periods.Add(new UnitGroupPeriod { GroupCode = "G", ValidFrom = Day, UnitCodes = ["12"] });
        group.Periods[0].ValidTo = Day.AddDays(-1);
        Assert.Equal(["groupOverlap"], Faults(document with { Groups = [new GroupInput("G", ["12"])] }));
    }

    private static ReorganisationDocument Document(UnitInput[] units, TransitionInput[] transitions, string[]? ends = null) =>
        new(Day, "Nghị quyết", units, ends, transitions, null, null, null, null);

    private static UnitInput New(string code, string? parent = "1") => new(code, "Phường " + code, code, code, "ward", "commune", parent, null, null, null);

    private static TransitionInput Whole(string from, string to) => new(from + "@2020-01-01", to, TransitionKinds.Merge, null, null, null, null, null);

    private static TransitionInput Part(string from, string to) => new(from + "@2020-01-01", to, TransitionKinds.Split, true, null, null, null, null);

    private static PlaceInput Opening(string? id, string unit) => new(id, ReceivingPlace.PostOffice, "Bưu điện", "Post office", unit, ["direct"], null, null, null);

    private static ReceivingPlace Place(string id, string kind) => new() { Id = id, Kind = kind, NameVi = id, NameEn = id, UnitId = "11@2020-01-01" };

    private static Unit Unit(string code, string? parent = null, string level = "commune", DateOnly? from = null) => new()
    {
        Code = code,
        ValidFrom = from ?? new DateOnly(2020, 1, 1),
        NameVi = code,
        ShortNameVi = code,
        NameEn = code,
        Kind = "ward",
        Level = level,
        ParentCode = parent,
        SearchText = code,
    };

    private Assignment Work(string code)
    {
        var terms = new AssignmentTerms("x", ["officer"], new DateOnly(2025, 1, 1), null, true, null, null);
        _assignments.Add(Assignment.Open(Guid.CreateVersion7(), Guid.CreateVersion7(), _units.First(u => u.Code == code), terms, null, default));
        return _assignments[^1];
    }

    private ReorganisationPlan Plan(ReorganisationDocument document) =>
        ReorganisationPlanner.Make(document, new Situation(_units, _assignments, Array.Empty<RoleGrant>(), _groups, _places, new DateOnly(2029, 1, 1)));

    private List<string> Faults(ReorganisationDocument document) => Plan(document).Faults.ConvertAll(f => f.Code);

    private List<string> Warnings(ReorganisationDocument document) => Plan(document).Warnings.ConvertAll(w => w.Code);
}
