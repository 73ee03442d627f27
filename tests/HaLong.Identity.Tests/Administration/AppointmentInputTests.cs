using HaLong.Identity.Administration;
using HaLong.Identity.Domain;

namespace HaLong.Identity.Tests.Administration;

/// <summary>What an appointment may say, without a database.</summary>
public sealed class AppointmentInputTests
{
    private static readonly DateOnly Today = new(2026, 6, 15);
    private static readonly Unit Ward = NewUnit("100", new DateOnly(2025, 7, 1), null);
    private static readonly Unit Ending = NewUnit("200", new DateOnly(2025, 7, 1), Today.AddDays(10));
    private static readonly Unit Coming = NewUnit("300", Today.AddDays(20), null);
    private static readonly Scope Scope = new(Guid.Empty, Ward, new[] { Ward, Ending, Coming }.ToDictionary(u => u.Id));

    [Fact]
    public void What_is_left_out_begins_today_and_lasts()
    {
        var (terms, unit, error) = Good().Read(AccountKind.Official, isFirst: true, Scope, Today);

        Assert.Null(error);
        Assert.Equal(Ward, unit);
        Assert.Equal((Today, null, true, "Chuyên viên"), (terms.ValidFrom, terms.ValidTo, terms.IsPrimary, terms.Title));
    }

    [Theory]
    [InlineData(true, null, true)]
    [InlineData(false, null, false)]
    [InlineData(true, false, false)]
    [InlineData(false, true, true)]
    public void The_first_is_the_main_one_unless_said_otherwise(bool isFirst, bool? said, bool primary) =>
        Assert.Equal(primary, (Good() with { Primary = said }).Read(AccountKind.Official, isFirst, Scope, Today).Terms.IsPrimary);

    [Theory]
    [InlineData(-30, null, null)]
    [InlineData(-31, null, "validFrom")]
    [InlineData(0, 0, null)]
    [InlineData(0, -1, "validTo")]
    [InlineData(-10, -1, "validTo")]
    [InlineData(5, 4, "validTo")]
    [InlineData(365, 400, null)]
    public void Days_must_make_sense(int from, int? to, string? field) => Assert.Equal(
        field, Field(Good() with { ValidFrom = Today.AddDays(from), ValidTo = to is { } days ? Today.AddDays(days) : null }));

    [Theory]
    [InlineData("100", 0, null)]
    [InlineData("100@2025-07-01", 0, null)]
    [InlineData("200", 10, null)]
    [InlineData("200", 11, "unit")]
    [InlineData("200@2025-07-01", 11, "unit")]
    [InlineData("300", 19, "unit")]
    [InlineData("300", 20, null)]
    [InlineData("400", 0, "unit")]
    [InlineData("100@2020-01-01", 0, "unit")]
    [InlineData("", 0, "unit")]
    [InlineData(null, 0, "unit")]
    public void The_unit_must_be_there_on_the_first_day(string? unit, int from, string? field) =>
        Assert.Equal(field, Field(Good() with { Unit = unit, ValidFrom = Today.AddDays(from) }));

    [Theory]
    [InlineData("officer", null)]
    [InlineData("officer,cashier,reception", null)]
    [InlineData("officer,officer", null)]
    [InlineData("administrator", null)]
    [InlineData("Officer", "roles")]
    [InlineData("helper", "roles")]
    [InlineData("citizen", "roles")]
    [InlineData("officer,root", "roles")]
    [InlineData("", "roles")]
    public void Roles_are_those_of_officials(string roles, string? field) =>
        Assert.Equal(field, Field(Good() with { Roles = roles.Length == 0 ? [] : roles.Split(',') }));

    [Fact]
    public void A_role_named_twice_is_held_once() =>
        Assert.Equal(["officer"], (Good() with { Roles = ["officer", "officer"] }).Read(AccountKind.Official, true, Scope, Today).Terms.Roles);

    [Theory]
    [InlineData(null, null)]
    [InlineData("helper", null)]
    [InlineData("officer", "roles")]
    [InlineData("helper,officer", "roles")]
    public void A_helper_has_the_one_role(string? roles, string? field)
    {
        var (terms, _, error) = (Good() with { Roles = roles?.Split(',') }).Read(AccountKind.Helper, true, Scope, Today);

        Assert.Equal(field, error?.FieldMessages.Single().Field);
        if (field is null)
            Assert.Equal(["helper"], terms.Roles);
    }

    [Fact]
    public void Texts_are_bounded_and_trimmed()
    {
        Assert.Equal("title", Field(Good() with { Title = null }));
        Assert.Equal("title", Field(Good() with { Title = "  " }));
        Assert.Equal("title", Field(Good() with { Title = new string('x', 201) }));
        Assert.Equal("decisionNumber", Field(Good() with { DecisionNumber = new string('x', 101) }));
        Assert.Equal("legalBasis", Field(Good() with { LegalBasis = new string('x', 501) }));
        var terms = (Good() with { Title = " Chuyên viên ", DecisionNumber = " 1/QĐ ", LegalBasis = " Luật " }).Read(AccountKind.Official, true, Scope, Today).Terms;
        Assert.Equal(("Chuyên viên", "1/QĐ", "Luật"), (terms.Title, terms.DecisionNumber, terms.LegalBasis));
    }

    [Fact]
    public void An_empty_appointment_says_everything_that_is_missing()
    {
        var error = new AppointmentInput(null, null, null, null, null, null, null, null).Read(AccountKind.Official, true, Scope, Today).Error;

        Assert.Equal(["unit", "title", "roles"], error!.FieldMessages.Select(m => m.Field));
        Assert.All(error.FieldMessages, m => Assert.NotEqual(m.Vi, m.En));
    }

    private static AppointmentInput Good() => new("100", "Chuyên viên", ["officer"], null, null, null, null, null);

    private static string? Field(AppointmentInput input) => input.Read(AccountKind.Official, true, Scope, Today).Error?.FieldMessages.Single().Field;

    private static Unit NewUnit(string code, DateOnly from, DateOnly? to) => new()
    {
        Code = code,
        ValidFrom = from,
        ValidTo = to,
        NameVi = code,
        ShortNameVi = code,
        NameEn = code,
        Kind = "ward",
        Level = "commune",
        SearchText = code,
    };
}
