using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.NationalPortal;
using HaLong.Dossiers.Statistics.Facts;

namespace HaLong.Dossiers.Tests.NationalPortal;

/// <summary>The one mapping of states, against the reference data in both directions.</summary>
public sealed class PortalStatusTests
{
    // The reference tells a resolved dossier's two outcomes apart by words of their own.
    private static string Ours(string state) => state is "APPROVED" or "REFUSED" ? DossierStatus.Resolved : state;

    [Fact]
    public void Every_code_of_the_reference_is_here_with_its_words_its_end_and_its_states()
    {
        var items = DataFiles.ReadArray("statuses.json", "items").ToList();
        Assert.Equal(PortalStatus.All.Select(s => (int)s.Code), items.Select(i => i.GetProperty("code").GetInt32()));
        Assert.All(items, item =>
        {
            var ours = PortalStatus.Of(item.GetProperty("code").GetInt32())!;
            Assert.Equal((item.GetProperty("nameVi").GetString(), item.GetProperty("nameEn").GetString(), item.GetProperty("terminal").GetBoolean()),
                (ours.Vi, ours.En, ours.IsEnd));
            Assert.Equal(item.GetProperty("internalStates").EnumerateArray().Select(s => Ours(s.GetString()!)).Distinct().Order(), ours.States.Order());
        });
    }

    [Fact]
    public void Every_state_of_ours_has_the_code_of_the_reference_and_a_draft_none()
    {
        var states = DataFiles.ReadArray("statuses.json", "internalStates").ToList();
        Assert.Equal(DossierStatus.All.Order(), states.Select(s => Ours(s.GetProperty("state").GetString()!)).Distinct().Order());
        Assert.All(states, state =>
        {
            var code = state.GetProperty("portalCode");
            int? expected = code.ValueKind == System.Text.Json.JsonValueKind.Null ? null : code.GetInt32();
            Assert.Equal(expected, DossierStatus.PortalCode(Ours(state.GetProperty("state").GetString()!)));
        });
        Assert.Null(PortalStatus.Of(DossierStatus.Draft));
    }

    [Fact]
    public void No_state_is_mapped_twice_and_ends_are_our_ends()
    {
        Assert.Equal(DossierStatus.All.Where(s => s != DossierStatus.Draft).Order(), PortalStatus.All.SelectMany(s => s.States).Order());
        Assert.Equal(DossierStatus.Over.Order(), PortalStatus.All.Where(s => s.IsEnd).SelectMany(s => s.States).Order());
        Assert.Equal(StateKind.All, PortalStatus.All.Select(s => s.Code));
    }

    [Theory]
    [InlineData("new", 2)]
    [InlineData("receiving", 1)]
    [InlineData("processing", 4)]
    [InlineData("waiting", 5)]
    [InlineData("paying", 6)]
    [InlineData("cancelled", 7)]
    [InlineData("unresolved", 8)]
    [InlineData("releasing", 9)]
    [InlineData("done", 10)]
    [InlineData("denied", 3)]
    [InlineData("interoperating", null)]
    [InlineData("posting", null)]
    [InlineData("somethingElse", null)]
    public void Text_states_of_the_newer_interface_are_read(string text, int? code) => Assert.Equal(code, PortalStatus.OfText(text)?.Code);

    [Fact]
    public void Text_states_without_a_change_are_known_as_such()
    {
        Assert.Equal(["interoperating", "posting"], PortalStatus.WithoutChange);
        Assert.Null(PortalStatus.Of(0));
        Assert.Null(PortalStatus.Of(11));
    }
}
