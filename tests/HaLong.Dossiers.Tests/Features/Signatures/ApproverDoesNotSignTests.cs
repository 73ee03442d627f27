using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features.Signatures;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Features.Signatures;

/// <summary>The approver refuses, forgets, is away, or everything ends before: no dossier hangs.</summary>
public sealed partial class ApproverDoesNotSignTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private SignatureFlow Flow => new(dossiers);

    [Fact]
    public async Task After_a_refusal_another_approver_takes_the_decision_over_and_what_the_first_one_does_later_counts_for_nothing()
    {
        var flow = await Flow.DecideAsync();
        var first = await flow.AskedAsync();
        first.End("refused", "Ghi sai số thửa");
        await flow.TellAsync(first);
        var view = await flow.StateAsync("refused");
        Assert.Equal(("signature", "SIGNATURE_MISSED"), SignatureFlow.Wait(view));
        Assert.Equal("Ghi sai số thửa", SignatureFlow.Signature(view).GetProperty("reason").GetString());
        Assert.DoesNotContain("Ghi sai số thửa", (await ViewAsync(flow.Owner, flow.Id)).GetRawText(), StringComparison.Ordinal);

        var (stranger, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        dossiers.Neighbours.Officials[stranger.ToString()] = (OtherUnit, [Roles.Approver]);
        dossiers.Neighbours.Officials[other.ToString()] = (Unit, [Roles.Approver]);
        await RefusedAsync(await PostAsync(flow.Approver, flow.Id, "result-signature", new { signerId = stranger }), 400, "DOS-0752");
        await RefusedAsync(await PostAsync(dossiers.Official(Roles.Officer), flow.Id, "result-signature", new { }), 403, "CMN-0403");
        await RefusedAsync(await PostAsync(dossiers.Official(Roles.Approver, OtherUnit), flow.Id, "result-signature", new { }), 404, "DOS-0001");
        view = await BodyAsync(await PostAsync(flow.Approver, flow.Id, "result-signature", new { signerId = other, decision = "Chấp thuận thửa số 12." }));
        Assert.Equal((other, "Chấp thuận thửa số 12."), (view.GetProperty("approval").GetProperty("approverId").GetGuid(), view.GetProperty("approval").GetProperty("decision").GetString()));
        var second = await flow.AskedAsync();
        Assert.Equal((other.ToString(), false), (second.Request.Signers.Single().AccountId, second.Original.AsSpan().SequenceEqual(first.Original)));

        first.Sign();
        await flow.TellAsync(first);
        second.Sign();
        await flow.TellAsync(second);
        view = await flow.StatusAsync("RESOLVED");
        var seal = dossiers.Neighbours.SignRequests.Single(r => r.DocumentId == view.GetProperty("resultDocumentId").GetString());
        Assert.Equal(second.Pdf, seal.Pdf.ToByteArray());
        Assert.Equal(other.ToString(), seal.SignerId);
    }

    [Fact]
    public async Task Expired_cancelled_forged_and_invalid_are_told_apart_and_each_is_asked_for_again()
    {
        var flow = await Flow.DecideAsync();
        var room = await flow.AskedAsync();
        foreach (var state in new[] { "expired", "cancelled" })
        {
            room.End(state);
            await flow.TellAsync(room);
            await flow.StateAsync(state);
            room = await AskAgainAsync(flow, room);
        }
        // Another document than the one that was written, with a signature that holds.
        room.Sign([.. "%PDF-1.7\n% something else"u8, .. new byte[room.Original.Length]]);
        await flow.TellAsync(room);
        await flow.StateAsync("invalid");
        room = await AskAgainAsync(flow, room);
        dossiers.Neighbours.Indication = "INVALID";
        try
        {
            room.Sign();
            await flow.TellAsync(room);
            var view = await flow.StateAsync("invalid");
            Assert.Equal(3, SignatureFlow.Signature(view).GetProperty("askedAgain").GetInt32());
        }
        finally
        {
            dossiers.Neighbours.Indication = "VALID";
        }
        var promised = await dossiers.InDbAsync(db => db.Dossiers.Where(d => d.Id == flow.Id).Select(d => d.ResultDocumentId).SingleAsync(Ct));
        Assert.DoesNotContain(dossiers.Neighbours.SignRequests, r => r.DocumentId == promised.ToString());
        Assert.Equal(0, await dossiers.InDbAsync(db => db.Documents.CountAsync(d => d.DossierId == flow.Id && d.Kind == DocumentKind.PersonSigned, Ct)));
        room = await AskAgainAsync(flow, room);
        room.Sign();
        await flow.TellAsync(room);
        await flow.StatusAsync("RESOLVED");
    }

    [Fact]
    public async Task Who_is_away_is_replaced_while_he_is_asked_and_his_session_is_given_back()
    {
        var flow = await Flow.DecideAsync();
        var first = await flow.AskedAsync();
        var stand = Guid.CreateVersion7();
        await BodyAsync(await PostAsync(flow.As(stand), flow.Id, "result-signature", new { }));
        var second = await flow.AskedAsync();
        Assert.Equal(stand.ToString(), second.Request.Signers.Single().AccountId);
        await Eventually.Async(() => Task.FromResult(first.State == "cancelled"), "the first session is taken back");

        dossiers.Neighbours.SealDown = true;
        try
        {
            second.Sign();
            await flow.TellAsync(second);
            Assert.Equal(("signature", "SIGNATURE"), SignatureFlow.Wait(await flow.StateAsync("signed")));
            await RefusedAsync(await PostAsync(flow.Approver, flow.Id, "result-signature", new { }), 409, "DOS-0751");
            await RefusedAsync(await PostAsync(flow.Approver, flow.Id, "stop", new { legalBasis = "Điều 1", reason = "Muộn" }), 409, "DOS-0008");
        }
        finally
        {
            dossiers.Neighbours.SealDown = false;
        }
        await flow.StatusAsync("RESOLVED");
        await RefusedAsync(await PostAsync(flow.Approver, flow.Id, "result-signature", new { }), 409, "DOS-0008");
    }

    [Fact]
    public async Task Withdrawn_or_stopped_before_the_signature_the_session_is_given_back()
    {
        var (withdrawn, stopped) = (await Flow.DecideAsync(), await Flow.DecideAsync());
        var (first, second) = (await withdrawn.AskedAsync(), await stopped.AskedAsync());
        dossiers.Neighbours.SignatureDown = true;
        try
        {
            await BodyAsync(await PostAsync(withdrawn.Owner, withdrawn.Id, "withdrawal", new { reason = "Không còn nhu cầu" }));
            var view = await BodyAsync(await PostAsync(stopped.Approver, stopped.Id, "stop", new { legalBasis = "Điều 1", reason = "Có đơn khởi kiện" }));
            Assert.Equal(("STOPPED", System.Text.Json.JsonValueKind.Null), (view.GetProperty("status").GetString(), view.GetProperty("approval").ValueKind));
        }
        finally
        {
            dossiers.Neighbours.SignatureDown = false;
        }
        await Eventually.Async(() => Task.FromResult(first.State == "cancelled" && second.State == "cancelled"), "both sessions are taken back");
        await withdrawn.TellAsync(first);
        await RefusedAsync(await PostAsync(stopped.Approver, stopped.Id, "result-signature", new { }), 409, "DOS-0008");
        Assert.Equal("STOPPED", (await ViewAsync(stopped.Owner, stopped.Id)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_notice_that_never_comes_is_made_up_for_by_looking_and_one_about_nothing_changes_nothing()
    {
        var flow = await Flow.DecideAsync();
        var room = await flow.AskedAsync();
        var session = Guid.Parse(room.Request.SessionId);
        var planned = await dossiers.InDbAsync(db => db.Database.SqlQuery<int>(
            $"SELECT count(*)::int AS \"Value\" FROM outbox_message WHERE payload::text LIKE {"%" + session + "%"} AND available_at > now() + interval '1 day'").SingleAsync(Ct));
        Assert.Equal(1, planned);
        // Somebody else's session, one that is not his, and his own while it is open.
        await flow.TellAsync(Guid.CreateVersion7().ToString(), "completed");
        await dossiers.Factory.PublishAsync(new HaLong.Signatures.Contracts.Events.SigningExpired(session, "don-xin-cap", "somebody", TimeProvider.System.GetUtcNow()));
        await flow.TellAsync(room.Request.SessionId, "refused");
        room.Sign();
        await dossiers.Factory.PublishAsync(new SignatureOutcomeDue(flow.Id, session, 1));
        await flow.StatusAsync("RESOLVED");
        var moves = (await GetAsync(flow.Owner, $"/api/v1/dossiers/{flow.Id}/timeline")).EnumerateArray().Select(s => s.GetProperty("action").GetString());
        Assert.DoesNotContain("missSignature", moves);
    }

    private static async Task<SigningRoom> AskAgainAsync(SignatureFlow flow, SigningRoom before)
    {
        await BodyAsync(await PostAsync(flow.Approver, flow.Id, "result-signature"));
        var room = await flow.AskedAsync();
        Assert.NotEqual(before.Request.SessionId, room.Request.SessionId);
        return room;
    }
}
