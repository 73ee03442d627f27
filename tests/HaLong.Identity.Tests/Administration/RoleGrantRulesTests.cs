using HaLong.Identity.Administration;
using HaLong.Identity.Domain;
using HaLong.Identity.Staff;

namespace HaLong.Identity.Tests.Administration;

/// <summary>Who may decide about a request for a role, and until when, without a database.</summary>
public sealed class RoleGrantRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 3, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 5, 4);
    private static readonly Guid Requester = Guid.CreateVersion7();
    private static readonly Guid Beneficiary = Guid.CreateVersion7();
    private static readonly Guid Second = Guid.CreateVersion7();

    [Fact]
    public void Another_administrator_may_decide() => Assert.Null(Grant().WhyNot(Second, Now));

    [Fact]
    public void The_requester_may_not() => Assert.Equal("IDN-0713", Grant().WhyNot(Requester, Now)?.Code);

    [Fact]
    public void The_beneficiary_may_not() => Assert.Equal("IDN-0714", Grant().WhyNot(Beneficiary, Now)?.Code);

    [Theory]
    [InlineData(0, null)]
    [InlineData(604_799, null)]
    [InlineData(604_800, "IDN-0716")]
    [InlineData(10_000_000, "IDN-0716")]
    public void Seven_days_and_no_longer(int seconds, string? refusal) => Assert.Equal(refusal, Grant().WhyNot(Second, Now.AddSeconds(seconds))?.Code);

    [Theory]
    [InlineData(RoleGrant.Confirmed)]
    [InlineData(RoleGrant.Refused)]
    [InlineData(RoleGrant.Withdrawn)]
    public void What_is_decided_stays_decided(string state)
    {
        var grant = Grant();
        grant.Decide(state, Second, "x", Now);

        Assert.Equal("IDN-0715", grant.WhyNot(Guid.CreateVersion7(), Now)?.Code);
        Assert.Equal(state, grant.StateAt(Now.AddYears(1)));
    }

    [Fact]
    public void What_ran_out_and_was_written_down_as_such_is_told_as_run_out()
    {
        var grant = Grant();
        grant.Decide(RoleGrant.Expired, Second, null, Now);

        Assert.Equal("IDN-0716", grant.WhyNot(Second, Now)?.Code);
    }

    [Fact]
    public void A_confirmation_names_who_when_and_what_it_became()
    {
        var (grant, assignment) = (Grant(), Guid.CreateVersion7());
        grant.Confirm(Second, assignment, Now.AddHours(1));

        Assert.Equal((RoleGrant.Confirmed, Second, Now.AddHours(1), assignment, null), (grant.State, grant.DecidedBy, grant.DecidedAt, grant.AssignmentId, grant.Reason));
    }

    [Theory]
    [InlineData(-3, 0)]
    [InlineData(0, 0)]
    [InlineData(4, 4)]
    public void Nothing_is_appointed_for_days_before_the_confirmation(int from, int appointed)
    {
        var terms = Grant(from).TermsFrom(Today);

        Assert.Equal(Today.AddDays(appointed), terms.ValidFrom);
        Assert.Equal(("Phó Chủ tịch", "9/QĐ", "Luật", true), (terms.Title, terms.DecisionNumber, terms.LegalBasis, terms.IsPrimary));
        Assert.Equal(["approver", "officer"], terms.Roles);
    }

    [Theory]
    [InlineData("officer", false)]
    [InlineData("reception,officer,cashier", false)]
    [InlineData("helper", false)]
    [InlineData("approver", true)]
    [InlineData("chief", true)]
    [InlineData("leader", true)]
    [InlineData("auditor", true)]
    [InlineData("administrator", true)]
    [InlineData("cashier,auditor", true)]
    [InlineData("", false)]
    public void Four_eyes_are_wanted_for_roles_over_others(string roles, bool wanted) => Assert.Equal(wanted, RoleGrant.NeedsSecond(roles.Split(',')));

    [Fact]
    public void Every_role_is_either_given_by_one_administrator_or_wants_four_eyes() => Assert.Equal(
        ["reception", "officer", "cashier"], ServiceDefaults.Roles.OfOfficials.Except(RoleGrant.FourEyesRoles));

    [Fact]
    public void The_audit_holds_what_was_asked_for_and_nothing_of_the_person_but_the_id()
    {
        var text = System.Text.Json.JsonSerializer.Serialize(GrantView.ForAudit(Grant()));

        Assert.Contains("approver", text, StringComparison.Ordinal);
        Assert.Contains(Requester.ToString(), text, StringComparison.Ordinal);
        Assert.DoesNotContain("Name", text, StringComparison.OrdinalIgnoreCase);
    }

    private static RoleGrant Grant(int from = 0) => RoleGrant.Request(
        Guid.CreateVersion7(), Beneficiary,
        new Unit { Code = "1", ValidFrom = Today, NameVi = "1", ShortNameVi = "1", NameEn = "1", Kind = "ward", Level = "commune", SearchText = "1" },
        new AssignmentTerms("Phó Chủ tịch", ["approver", "officer"], Today.AddDays(from), null, true, "9/QĐ", "Luật"), Requester, Now);
}
