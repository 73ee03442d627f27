using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features.Signatures;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Features.Signatures;

// What AskForSignature makes of a note that comes again, late, for another round or about nothing: nothing.
public sealed partial class ApproverDoesNotSignTests
{
    private List<SigningRoom> RoomsOf(Guid dossier) => [.. dossiers.Neighbours.Rooms.Values.Where(r => r.Request.Subject == dossier.ToString())];

    /// <summary>Sends a note and waits until it was taken: the inbox holds it with whatever it brought about.</summary>
    private async Task TakenAsync(SignatureDue note)
    {
        var id = Guid.CreateVersion7();
        await dossiers.Factory.PublishAsync(note, id);
        await Eventually.Async(() => dossiers.InDbAsync(db => db.Database.SqlQuery<bool>(
            $"SELECT EXISTS (SELECT 1 FROM inbox_message WHERE message_id = {id}) AS \"Value\"").SingleAsync(Ct)), "the note was taken");
    }

    private Task<(int Attempts, int Round, string? Stage, int Outcomes)> StandsAsync(Guid dossier, Guid session) => dossiers.InDbAsync(async db =>
    {
        var found = await db.Dossiers.AsNoTracking().SingleAsync(d => d.Id == dossier, Ct);
        var planned = await db.Database.SqlQuery<int>($"""
            SELECT count(*)::int AS "Value" FROM outbox_message
            WHERE payload::text LIKE {"%" + session + "%"} AND available_at > now() + interval '1 day'
            """).SingleAsync(Ct);
        return (found.SigningAttempts, found.SignatureRound, found.PersonSignature, planned);
    });

    [Fact]
    public async Task A_note_that_comes_again_or_belongs_to_another_round_makes_no_second_session()
    {
        var flow = await new SignatureFlow(dossiers).DecideAsync();
        var room = await flow.AskedAsync();
        var session = Guid.Parse(room.Request.SessionId);
        var before = await StandsAsync(flow.Id, session);
        Assert.Equal((0, 0, "asked", 1), before);

        foreach (var note in new[] { new SignatureDue(flow.Id, 0, 1), new SignatureDue(flow.Id, 0, 7), new SignatureDue(flow.Id, 1, 1),
            new SignatureDue(Guid.CreateVersion7(), 0, 1) })
            await TakenAsync(note);
        Assert.Same(room, Assert.Single(RoomsOf(flow.Id)));
        // Neither a failure is counted nor a second look at the outcome planned.
        Assert.Equal(before, await StandsAsync(flow.Id, session));
        Assert.Equal("open", room.State);
    }

    [Fact]
    public async Task Asked_again_the_note_of_the_round_before_is_void_and_the_new_session_is_one_signer_s()
    {
        var flow = await new SignatureFlow(dossiers).DecideAsync();
        var first = await flow.AskedAsync();
        first.End("expired");
        await flow.TellAsync(first);
        await flow.StateAsync("expired");
        // Missed: nobody is asked by an old note, only by a person.
        await TakenAsync(new SignatureDue(flow.Id, 0, 1));
        Assert.Single(RoomsOf(flow.Id));

        await BodyAsync(await PostAsync(flow.Approver, flow.Id, "result-signature"));
        var second = await flow.AskedAsync();
        await TakenAsync(new SignatureDue(flow.Id, 0, 1));
        await TakenAsync(new SignatureDue(flow.Id, 1, 2));
        Assert.Equal(2, RoomsOf(flow.Id).Count);
        Assert.Equal(("expired", "open"), (first.State, second.State));
        var signer = Assert.Single(second.Request.Signers);
        Assert.Equal((flow.ApproverId.ToString(), 1, "Người phê duyệt", Unit), (signer.AccountId, signer.Turn, signer.Role, second.Request.UnitCode));
        Assert.Equal("asked", (await StandsAsync(flow.Id, Guid.Parse(second.Request.SessionId))).Stage);
    }

    [Fact]
    public async Task After_the_end_a_note_asks_nobody()
    {
        var flow = await new SignatureFlow(dossiers).DecideAsync();
        var room = await flow.AskedAsync();
        room.Sign();
        await flow.TellAsync(room);
        await flow.StatusAsync("RESOLVED");
        await TakenAsync(new SignatureDue(flow.Id, 0, 2));
        Assert.Equal("completed", Assert.Single(RoomsOf(flow.Id)).State);
        Assert.Equal(1, await dossiers.InDbAsync(db => db.Documents.CountAsync(d => d.DossierId == flow.Id && d.Kind == DocumentKind.PersonSigned, Ct)));
    }

    [Fact]
    public async Task A_session_that_nobody_needs_is_taken_back_once_however_often_the_note_comes()
    {
        var room = await (await new SignatureFlow(dossiers).DecideAsync()).AskedAsync();
        var due = new SignatureCancelDue(Guid.Parse(room.Request.SessionId), 1);

        await Task.WhenAll(dossiers.Factory.PublishAsync(due), dossiers.Factory.PublishAsync(due));

        await Eventually.Async(() => Task.FromResult(room.State == "cancelled"), "the session is taken back");
        await dossiers.Factory.PublishAsync(due);
        Assert.Equal("cancelled", room.State);
    }
}
