using System.Security.Claims;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Filing;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Tests.Filing;

/// <summary>Who sees and changes which dossier, rule by rule, without a database.</summary>
public sealed class SightTests
{
    private const string Here = "06688", There = "06652";

    private static readonly DateTimeOffset Now = new(2026, 11, 23, 3, 0, 0, TimeSpan.Zero);
    private static readonly Guid Owner = Guid.CreateVersion7(), Clerk = Guid.CreateVersion7();

    private readonly Dossier draft = Open(), filed = Filed(), atCounter = Open(Clerk), elsewhere = Filed(There), received = Filed(There, Here), divided = Filed(Here, choices: [There, "06706"]);

    public SightTests() => atCounter.EnteredAtCounter(new CounterFiling(Clerk, Here, "Con", SubmitterRelation.Family, "x", []));

    [Fact]
    public void Owners_see_and_change_all_of_theirs()
    {
        var owner = Caller(Owner, Roles.Citizen);
        Assert.All(All, d => Assert.True(Own(owner, d)));
        Assert.All(All, d => Assert.False(Own(Caller(Guid.CreateVersion7(), Roles.Citizen), d)));
    }

    [Fact]
    public void Reception_changes_the_drafts_that_the_officer_himself_entered_until_they_are_filed()
    {
        Assert.True(Own(Caller(Clerk, Roles.Reception), atCounter));
        Assert.False(Own(Caller(Clerk, Roles.Reception), draft));
        Assert.False(Own(Caller(Guid.CreateVersion7(), Roles.Reception), atCounter));
        Assert.False(Own(Caller(Clerk, Roles.Officer), atCounter));
        File(atCounter);
        Assert.False(Own(Caller(Clerk, Roles.Reception), atCounter));
    }

    [Fact]
    public void A_helper_in_an_assisted_session_has_no_rights_of_reception()
    {
        var acting = Caller(Owner, Roles.Reception, actor: Clerk);
        Assert.False(Own(acting, Foreign(atCounter)));
    }

    [Theory]
    [InlineData(Roles.Reception, true)]
    [InlineData(Roles.Officer, false)]
    [InlineData(Roles.Approver, false)]
    [InlineData(Roles.Chief, false)]
    public void Only_reception_of_the_receiving_unit_sees_what_another_unit_decides(string role, bool sees)
    {
        Assert.Equal(sees, Visible(Caller(Clerk, role), received));
        Assert.Equal(sees, AtReception(Caller(Clerk, role), received));
        Assert.False(OfUnit(received));
        Assert.False(Visible(Caller(Clerk, role), elsewhere));
    }

    [Fact]
    public void Officials_see_what_was_filed_with_their_unit_and_no_drafts()
    {
        foreach (var role in Roles.OfOfficials)
        {
            Assert.True(Visible(Caller(Clerk, role), filed));
            Assert.False(Visible(Caller(Clerk, role), draft));
        }
        Assert.True(OfUnit(filed));
        Assert.False(OfUnit(draft));
    }

    [Fact]
    public void A_dossier_of_a_divided_unit_is_for_the_chiefs_of_its_successors_alone()
    {
        Assert.False(OfUnit(divided));
        Assert.All(Roles.OfOfficials, role => Assert.False(Visible(Caller(Clerk, role), divided)));
        Assert.True(Visible(Caller(Clerk, Roles.Chief), divided, There));
        Assert.False(Visible(Caller(Clerk, Roles.Officer), divided, There));
        Assert.False(Visible(Caller(Clerk, Roles.Chief), divided, "06673"));
        Assert.False(AtReception(Caller(Clerk, Roles.Reception), divided));
    }

    private Dossier[] All => [draft, filed, atCounter, elsewhere, received, divided];

    private static bool Own(Caller caller, Dossier dossier) => FilingSight.Own(caller).Compile()(dossier);

    private static bool OfUnit(Dossier dossier) => FilingSight.OfUnit(Here).Compile()(dossier);

    private static bool AtReception(Caller caller, Dossier dossier) => FilingSight.AtReception(caller, Here).Compile()(dossier);

    private static bool Visible(Caller caller, Dossier dossier, string unit = Here) => FilingSight.Visible(caller, unit, Enumerable.Empty<OpinionRequest>().AsQueryable()).Compile()(dossier);

    private static Caller Caller(Guid id, string role, Guid? actor = null) => ServiceDefaults.Caller.From(new ClaimsPrincipal(new ClaimsIdentity(
        [new Claim("sub", id.ToString()), new Claim("role", role), new Claim("unit", Here), new Claim("act", $$"""{"sub":"{{actor ?? id}}"}""")])));

    private static Dossier Foreign(Dossier dossier)
    {
        Assert.Equal(Owner, dossier.OwnerId);
        var other = Open(Clerk, Guid.CreateVersion7());
        other.EnteredAtCounter(dossier.Counter!);
        return other;
    }

    private static Dossier Open(Guid? actor = null, Guid? owner = null, string unit = Here) => Dossier.Open(
        Guid.CreateVersion7(), Procedure, Unit(unit), new Applicant(owner ?? Owner, "Dân", null, actor ?? Owner, "online"), "Thửa 12", "{}", [], Now);

    private static Dossier Filed(string unit = Here, string? receiving = null, string[]? choices = null)
    {
        var dossier = Open(unit: unit);
        dossier.Place(new Placement(Unit(unit), Unit(receiving ?? unit), null), Now);
        File(dossier);
        if (choices is not null)
            dossier.AwaitUnitChoice(choices, Now);
        return dossier;
    }

    private static void File(Dossier dossier) => dossier.Submit("C", Procedure, [], new Actor(Owner, Roles.Citizen, null, "Dân"), Now);

    private static DossierUnit Unit(string code) => new(code, code, code) { Id = code + "@2025-07-01" };

    private static Procedure Procedure { get; } = new()
    {
        Id = Guid.CreateVersion7(),
        Code = "1.013978",
        NameVi = "Đất",
        NameEn = "Land",
        Field = "LAND",
        Level = "commune",
        Content = "{}",
        ContentHash = new string('0', 64),
        ValidFrom = new DateOnly(2026, 1, 1),
    };
}
