using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.Tests.Domain.Lifecycle;

namespace HaLong.Dossiers.Tests.Archive;

/// <summary>The end of a dossier and what follows, without a database.</summary>
public sealed class DossierArchiveTests
{
    private static readonly DateTimeOffset Later = Play.Start.AddDays(400);

    public static TheoryData<string> All => [.. DossierStatus.All];

    [Theory, MemberData(nameof(All))]
    public void Exactly_what_is_over_has_an_end(string status)
    {
        var dossier = Play.In(status).Dossier;
        Assert.Equal(DossierStatus.Over.Contains(status), dossier.ClosedAt is not null);
    }

    [Fact]
    public void The_end_is_the_moment_of_the_last_state_and_stays_there()
    {
        var play = Play.In(DossierStatus.Resolved);
        play.Now = Later;
        play.Must(Moves.Return);
        Assert.Equal(Later, play.Dossier.ClosedAt);
        play.Now = Later.AddDays(3);
        play.Must(Moves.Correct).Must(Moves.ReplaceResult);
        Assert.Equal(Later, play.Dossier.ClosedAt);
    }

    [Theory, MemberData(nameof(All))]
    public void No_move_leads_out_of_an_end(string status)
    {
        if (!DossierStatus.Over.Contains(status))
            return;
        foreach (var move in Play.AllMoves)
        {
            var play = Play.In(status);
            foreach (var role in Play.AllRoles)
                play.Do(move, Play.As(role));
            Assert.Equal(status, play.Dossier.Status);
        }
    }

    [Fact]
    public void A_hold_says_who_why_and_since_when_until_it_is_ended()
    {
        var (dossier, chief) = (Play.In(DossierStatus.Returned).Dossier, Guid.CreateVersion7());
        Assert.Equal("DOS-0652", dossier.EndHold().Error.Code);
        Assert.True(dossier.Hold(chief, "Khiếu nại", Later).IsSuccess);
        Assert.Equal(("Khiếu nại", chief, Later), (dossier.HoldReason, dossier.HeldBy, dossier.HeldAt));
        Assert.True(dossier.EndHold().IsSuccess);
        Assert.Equal((null, null, null), (dossier.HoldReason, dossier.HeldBy, dossier.HeldAt));
    }

    [Fact]
    public void Destruction_takes_persons_and_content_and_leaves_the_record()
    {
        var dossier = Play.In(DossierStatus.Returned).Dossier;
        var (code, submitted, accepted, closed) = (dossier.Code, dossier.SubmittedAt, dossier.AcceptedAt, dossier.ClosedAt);
        var list = Guid.CreateVersion7();
        dossier.Destroy(list, Later);
        Assert.Equal((code, DossierStatus.Returned, submitted, accepted, closed), (dossier.Code, dossier.Status, dossier.SubmittedAt, dossier.AcceptedAt, dossier.ClosedAt));
        Assert.Equal((list, Later), (dossier.DestructionListId, dossier.DestroyedAt));
        Assert.Empty(dossier.FeeClaims);
        Assert.Equal("DOS-0650", dossier.Hold(Guid.CreateVersion7(), "Muộn", Later).Error.Code);
    }

    [Fact]
    public void Nothing_that_was_written_by_or_about_a_person_is_left_after_destruction()
    {
        var dossier = Play.In(DossierStatus.Returned).Dossier;
        dossier.AboutMatter("key", new DuplicateDecision("Lý do", Play.Owner, Later, []));
        dossier.EnteredAtCounter(new CounterFiling(Play.Officer, "06688", "Trần Văn Con", "family", "x", []));
        dossier.WorkedOn(new Hand(Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), "06688", "office", AssistanceKind.Scanning));
        var personal = Texts(dossier).Where(t => t.Value is { Length: > 0 } and not "{}").Select(t => t.Name).ToHashSet();
        Assert.Contains(nameof(Dossier.OwnerName), personal);
        Assert.Contains(nameof(Dossier.ReturnedTo), personal);
        dossier.Destroy(Guid.CreateVersion7(), Later);
        // What may stay is named here: a new text field of a dossier must be put on one side or the other.
        string[] record =
        [
            nameof(Dossier.Code), nameof(Dossier.Status), nameof(Dossier.ProcedureCode), nameof(Dossier.ProcedureNameVi), nameof(Dossier.ProcedureNameEn), nameof(Dossier.UnitCode),
            nameof(Dossier.UnitNameVi), nameof(Dossier.UnitNameEn), nameof(Dossier.Channel), nameof(Dossier.Outcome), nameof(Dossier.Regime), nameof(Dossier.SubmittedAs),
            nameof(Dossier.ReceivingUnitCode), nameof(Dossier.ReceivingUnitNameVi), nameof(Dossier.ReceivingUnitNameEn), nameof(Dossier.SupportUnitCode), nameof(Dossier.ReturnMethod),
            nameof(Dossier.LegalRegime),
        ];
        Assert.Equal(record.Order(StringComparer.Ordinal), Texts(dossier).Where(t => t.Value is { Length: > 0 } and not "{}").Select(t => t.Name).Order(StringComparer.Ordinal));
        Assert.Equal(Guid.Empty, dossier.OwnerId);
        Assert.Equal((null, null, null), (dossier.Counter, dossier.Duplicates, dossier.AssistedBy));
    }

    [Fact]
    public void A_document_can_be_taken_out_of_a_draft_and_of_what_was_added_since_the_request()
    {
        var (old, fresh) = (Document(Play.Start.AddHours(-1)), Document(Play.Start.AddHours(1)));
        Assert.True(Play.In(DossierStatus.Draft).Dossier.TakeOut(old, null, Later).IsSuccess);
        var asked = Play.In(DossierStatus.SupplementReception).Dossier;
        Assert.Equal("DOS-0640", asked.TakeOut(old, Play.Start, Later).Error.Code);
        Assert.Equal("DOS-0640", asked.TakeOut(Document(Play.Start), Play.Start, Later).Error.Code);
        Assert.Equal("DOS-0640", asked.TakeOut(Document(Play.Start.AddHours(1), DocumentKind.Receipt), Play.Start, Later).Error.Code);
        Assert.True(asked.TakeOut(fresh, Play.Start, Later).IsSuccess);
        Assert.Equal(Later, asked.UpdatedAt);
        foreach (var status in DossierStatus.All.Except(DossierStatus.TakingDocuments))
            Assert.Equal("DOS-0008", Play.In(status).Dossier.TakeOut(fresh, Play.Start, Later).Error.Code);
    }

    private static DossierDocument Document(DateTimeOffset at, string kind = DocumentKind.Component) =>
        new() { Kind = kind, Component = 1, FileName = "a.pdf", MediaType = "application/pdf", Sha256 = new string('0', 64), CreatedAt = at };

    private static IEnumerable<(string Name, string? Value)> Texts(Dossier dossier) =>
        typeof(Dossier).GetProperties().Where(p => p.PropertyType == typeof(string) && p.Name != nameof(Dossier.WaitingFor)).Select(p => (p.Name, (string?)p.GetValue(dossier)));
}
