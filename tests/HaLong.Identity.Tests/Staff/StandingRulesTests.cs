using HaLong.Identity.Domain;
using HaLong.Identity.Staff;

namespace HaLong.Identity.Tests.Staff;

/// <summary>Which unit and roles follow from what somebody holds, without a database.</summary>
public sealed class StandingRulesTests
{
    private static readonly DateOnly Day = new(2026, 1, 1);

    [Fact]
    public void Who_holds_nothing_has_neither_roles_nor_a_unit() => Assert.Equal(" / ", Show([], null));

    [Fact]
    public void The_main_unit_counts() => Assert.Equal("cashier / B", Show([Held("A", "officer"), Held("B", "cashier", primary: true)], null));

    [Fact]
    public void Without_a_main_unit_the_earliest_counts() =>
        Assert.Equal("cashier / B", Show([Held("A", "officer", from: 5), Held("B", "cashier", from: 1)], null));

    [Fact]
    public void The_unit_asked_for_counts_when_it_is_held() =>
        Assert.Equal("officer / A", Show([Held("A", "officer"), Held("B", "cashier", primary: true)], "A"));

    [Theory]
    [InlineData("C")]
    [InlineData("")]
    [InlineData("a")]
    public void A_unit_that_is_not_held_is_not_given(string asked) =>
        Assert.Equal("cashier / B", Show([Held("A", "officer"), Held("B", "cashier", primary: true)], asked));

    [Fact]
    public void Roles_of_one_unit_add_up_and_are_told_once() =>
        Assert.Equal("reception,officer,cashier / A", Show([Held("A", "cashier,officer", primary: true), Held("A", "officer,reception"), Held("B", "approver")], null));

    [Fact]
    public void Words_that_are_no_roles_of_officials_do_not_reach_a_token() =>
        Assert.Equal("officer / A", Show([Held("A", "officer,citizen,helper,root", primary: true)], null));

    [Fact]
    public void Every_role_of_an_official_can_be_held()
    {
        foreach (var role in ServiceDefaults.Roles.OfOfficials)
            Assert.Equal($"{role} / A", Show([Held("A", role)], null));
    }

    [Fact]
    public void A_helper_is_one_by_kind_and_works_where_the_assignment_says()
    {
        var helper = Account.RegisterStaff(Guid.CreateVersion7(), AccountKind.Helper, "h", "H", default);
        helper.AssignTo("Z");

        Assert.Equal("helper / B", Show(StaffDirectory.StandingOf(helper, [Held("B", "helper")], null)));
        Assert.Equal("helper / Z", Show(StaffDirectory.StandingOf(helper, [], null)));
    }

    [Theory]
    [InlineData("citizen")]
    [InlineData("organisation")]
    public void People_of_the_public_are_what_they_are_whatever_lies_in_the_tables(string kind)
    {
        var account = Account.Register(Guid.CreateVersion7(), "p", "P", [kind], default);
        account.AssignTo("Z");

        Assert.Equal($"{kind} / ", Show(StaffDirectory.StandingOf(account, [Held("A", "administrator", primary: true)], "A")));
    }

    [Fact]
    public void An_official_has_no_roles_of_the_account_itself()
    {
        var account = Account.RegisterStaff(Guid.CreateVersion7(), AccountKind.Official, "o", "O", default);

        Assert.Empty(account.Roles);
        Assert.Equal("counter", account.Channel);
    }

    private static string Show(IReadOnlyList<Assignment> held, string? unit) =>
        Show(StaffDirectory.StandingOf(Account.RegisterStaff(Guid.CreateVersion7(), AccountKind.Official, "o", "O", default), held, unit));

    private static string Show(Standing standing) => $"{string.Join(',', standing.Roles)} / {standing.Unit}";

    private static Assignment Held(string unit, string roles, bool primary = false, int from = 0) => Assignment.Open(
        Guid.CreateVersion7(), Guid.CreateVersion7(),
        new Unit { Code = unit, ValidFrom = Day, NameVi = unit, ShortNameVi = unit, NameEn = unit, Kind = "ward", Level = "commune", SearchText = unit },
        new AssignmentTerms("x", roles.Split(','), Day.AddDays(from), null, primary, null, null), null, default);
}
