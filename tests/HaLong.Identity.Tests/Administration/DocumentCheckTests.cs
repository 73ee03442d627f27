using HaLong.Identity.Administration.Reorganisations;
using HaLong.Identity.Units;
using static HaLong.Identity.Administration.Reorganisations.ReorganisationDocument;

namespace HaLong.Identity.Tests.Administration;

/// <summary>What a document of a reorganisation must say, before anything is held against it.</summary>
public sealed class DocumentCheckTests
{
    [Fact]
    public void A_document_that_says_what_it_must_is_read() => Assert.Equal([], Fields(Good()));

    [Fact]
    public void Without_a_day_or_a_decision_it_is_none()
    {
        Assert.Equal(["effective"], Fields(Good() with { Effective = null }));
        Assert.Equal(["legalBasis"], Fields(Good() with { LegalBasis = null }));
        Assert.Equal(["legalBasis"], Fields(Good() with { LegalBasis = " " }));
        Assert.Equal(["legalBasis"], Fields(Good() with { LegalBasis = new string('x', 501) }));
    }

    [Fact]
    public void One_that_changes_no_unit_is_none() =>
        Assert.Equal(["units"], Fields(Good() with { Units = [], Transitions = null, Ends = [] }));

    [Theory]
    [InlineData("06688", true)]
    [InlineData("22", true)]
    [InlineData("1234567890", true)]
    [InlineData("1", false)]
    [InlineData("12345678901", false)]
    [InlineData("06 88", false)]
    [InlineData("06688@2025-07-01", false)]
    [InlineData("０６６８８", false)]
    [InlineData(null, false)]
    public void Codes_are_digits(string? code, bool isGood) => Assert.Equal(isGood ? [] : ["units[0].code"], Fields(Good() with { Units = [NewUnit() with { Code = code }] }));

    [Fact]
    public void Units_have_all_their_names_a_kind_and_a_level()
    {
        Assert.Equal(["units[0].nameVi"], Fields(Good() with { Units = [NewUnit() with { NameVi = "" }] }));
        Assert.Equal(["units[0].shortNameVi"], Fields(Good() with { Units = [NewUnit() with { ShortNameVi = null }] }));
        Assert.Equal(["units[0].nameEn"], Fields(Good() with { Units = [NewUnit() with { NameEn = new string('x', 201) }] }));
        Assert.Equal(["units[0].kind"], Fields(Good() with { Units = [NewUnit() with { Kind = "realm" }] }));
        Assert.Equal(["units[1].level"], Fields(Good() with { Units = [NewUnit(), NewUnit() with { Level = "state" }] }));
    }

    [Fact]
    public void Every_kind_and_level_there_is_can_be_made()
    {
        Assert.All(HaLong.Identity.Domain.Unit.Kinds, kind => Assert.Empty(Fields(Good() with { Units = [NewUnit() with { Kind = kind }] })));
        Assert.All(HaLong.Identity.Domain.Unit.Levels, level => Assert.Empty(Fields(Good() with { Units = [NewUnit() with { Level = level }] })));
        Assert.All(TransitionKinds.All, kind => Assert.Empty(Fields(Good() with { Transitions = [Way() with { Kind = kind, Part = true }] })));
    }

    [Theory]
    [InlineData("merge", null, null, null)]
    [InlineData("merge", false, false, null)]
    [InlineData("merge", true, null, null)]
    [InlineData("merge", true, true, "automatic")]
    [InlineData("split", null, null, "part")]
    [InlineData("split", true, null, null)]
    [InlineData("split", true, true, "automatic")]
    [InlineData("transfer", true, false, null)]
    [InlineData("abolish", null, null, "kind")]
    [InlineData(null, null, null, "kind")]
    public void Parts_do_not_move_by_themselves_and_splits_have_parts(string? kind, bool? part, bool? automatic, string? field) => Assert.Equal(
        field is null ? [] : ["transitions[0]." + field], Fields(Good() with { Transitions = [Way() with { Kind = kind, Part = part, Automatic = automatic }] }));

    [Fact]
    public void A_whole_unit_moves_by_itself_unless_said_otherwise_and_a_part_does_not()
    {
        Assert.True(Way().IsAutomatic);
        Assert.False((Way() with { Automatic = false }).IsAutomatic);
        Assert.False((Way() with { Part = true }).IsAutomatic);
    }

    [Fact]
    public void Staff_go_somewhere_or_their_work_ends_and_not_both()
    {
        var id = Guid.CreateVersion7();

        Assert.Empty(Fields(Good() with { StaffMoves = [new StaffMove(id, "1", null), new StaffMove(id, null, true), new StaffMove(id, "1", false)] }));
        Assert.Equal(["staffMoves[0].to", "staffMoves[1].to", "staffMoves[2].to"],
            Fields(Good() with { StaffMoves = [new StaffMove(id, null, null), new StaffMove(id, "1", true), new StaffMove(id, null, false)] }));
    }

    [Fact]
    public void Places_are_complete()
    {
        var good = new PlaceInput(null, ReceivingPlace.PostOffice, "Bưu điện", "Post office", "1", ["direct"], null, null, null);

        Assert.Empty(Fields(Good() with { ReceivingPlaces = [good, good with { Id = "RP-1" }] }));
        Assert.Equal(["receivingPlaces[0].id"], Fields(Good() with { ReceivingPlaces = [good with { Id = "" }] }));
        Assert.Equal(["receivingPlaces[0].id"], Fields(Good() with { ReceivingPlaces = [good with { Id = new string('x', 41) }] }));
        Assert.Equal(["receivingPlaces[0].kind"], Fields(Good() with { ReceivingPlaces = [good with { Kind = "kiosk" }] }));
        Assert.Equal(["receivingPlaces[0].receives"], Fields(Good() with { ReceivingPlaces = [good with { Receives = ["pigeon"] }] }));
        Assert.Equal(["receivingPlaces[0].receives"], Fields(Good() with { ReceivingPlaces = [good with { Receives = [] }] }));
        Assert.Equal(["receivingPlaces[0].unit"], Fields(Good() with { ReceivingPlaces = [good with { Unit = null }] }));
    }

    [Fact]
    public void Holes_in_lists_and_lists_without_end_are_named()
    {
        Assert.Equal(["units[1]"], Fields(Good() with { Units = [NewUnit(), null!] }));
        Assert.Equal(["transitions[0]", "groups[0]"], Fields(Good() with { Transitions = [null!], Groups = [null!] }));
        Assert.Equal(["ends"], Fields(Good() with { Ends = [.. Enumerable.Repeat("1", 5001)] }));
    }

    [Fact]
    public void A_document_full_of_mistakes_is_answered_with_fifty_of_them() =>
        Assert.Equal(50, Fields(Good() with { Transitions = [.. Enumerable.Repeat(Way() with { Kind = "x" }, 1000)] }).Count);

    [Fact]
    public void Everything_is_said_in_both_languages()
    {
        var error = DocumentCheck.Check(new ReorganisationDocument(null, null, [new UnitInput(null, null, null, null, null, null, null, null, null, null)], null, null, [null!], null, null, null));

        Assert.Equal("IDN-0745", error!.Code);
        Assert.All(error.FieldMessages, m => Assert.NotEqual(m.Vi, m.En));
    }

    private static List<string> Fields(ReorganisationDocument document) => [.. DocumentCheck.Check(document)?.FieldMessages.Select(m => m.Field) ?? []];

    private static ReorganisationDocument Good() => new(new DateOnly(2030, 1, 1), "Nghị quyết", [NewUnit()], null, [Way()], null, null, null, null);

    private static UnitInput NewUnit() => new("100", "Phường Một", "Một", "Mot Ward", "ward", "commune", "22", null, null, null);

    private static TransitionInput Way() => new("1@2020-01-01", "100", TransitionKinds.Merge, null, null, null, null, null);
}
