using HaLong.Signatures.Domain.Sessions;
using HaLong.Signatures.Features.Sessions;
using HaLong.Signatures.Providers;

namespace HaLong.Signatures.Tests.Domain.Sessions;

/// <summary>What parties see, from what stands.</summary>
public sealed class SessionViewsTests
{
    private static readonly DateTimeOffset Now = SigningSessionTests.Now;

    [Fact]
    public void Who_made_it_and_does_not_sign_has_no_turn_and_no_signature()
    {
        var session = SigningSessionTests.Open(2, 1);
        var view = SessionView.Of(session, Guid.CreateVersion7());
        Assert.Equal((session.Id, "Ký biên bản", "H49", SessionState.Open, false), (view.Id, view.Purpose, view.Subject, view.State, view.MyTurn));
        Assert.Equal([1, 2], view.Documents.Select(d => d.Number));
        Assert.All(view.Documents, d => Assert.Equal((0, false, null), (d.Signatures, d.SignedByMe, d.BusyUntil)));
        Assert.Equal(new ConsentView(ConsentText.Version, ConsentText.Vi, ConsentText.En), view.Consent);
        Assert.Equal((Now, Now.AddDays(10), null), (view.CreatedAt, view.Deadline, view.ClosedAt));
    }

    [Fact]
    public void Signers_stand_in_their_turns_each_with_his_wait()
    {
        var session = SigningSessionTests.Open(1, 2, 1);
        var (later, first) = (session.Signers[0], session.Signers[1]);
        var view = SessionView.Of(session, first.AccountId);
        Assert.Equal([first.AccountId, later.AccountId], view.Signers.Select(s => s.AccountId));
        Assert.Equal(["signature", "turn"], view.Signers.Select(s => s.Wait!.Reason));
        Assert.All(view.Signers, s => Assert.Equal((first.AccountId.ToString(), session.Deadline), (s.Wait!.Owner, s.Wait.LatestAt)));
        Assert.Equal([1, 2], view.Signers.Select(s => s.Turn));
        Assert.Equal((true, false), (view.MyTurn, SessionView.Of(session, later.AccountId).MyTurn));
        Assert.All(view.Signers, s => Assert.Equal((null, null, "Bên giao"), (s.Reason, s.Code, s.Role)));
    }

    [Fact]
    public void While_a_signature_is_made_the_file_is_busy_and_afterwards_it_counts()
    {
        var session = SigningSessionTests.Open(1, 1, 1);
        var (one, two, document, order) = (session.Signers[0], session.Signers[1], session.Documents[0], Guid.CreateVersion7());
        session.Show(document, one, "x", Now);
        session.Begin(one, [document], order, Now.AddMinutes(5), "x", Now);
        Assert.Equal(Now.AddMinutes(5), SessionView.Of(session, two.AccountId).Documents[0].BusyUntil);
        Assert.Equal(("provider", "answer"), SessionView.Of(session, one.AccountId).Signers.Where(s => s.AccountId == one.AccountId)
            .Select(s => (s.Wait!.Owner, s.Wait.Reason)).Single());
        session.Embed(one, document, order, 1, new string('b', 64), 20, "B-T", Now);
        session.Settle(one, order, "", Now);

        var (mine, his) = (SessionView.Of(session, one.AccountId), SessionView.Of(session, two.AccountId));
        Assert.Equal((1, true, false), (mine.Documents[0].Signatures, mine.Documents[0].SignedByMe, mine.MyTurn));
        Assert.Equal((1, false, true), (his.Documents[0].Signatures, his.Documents[0].SignedByMe, his.MyTurn));
        Assert.Equal((20L, new string('b', 64), null), (his.Documents[0].Size, his.Documents[0].Sha256, his.Documents[0].BusyUntil));
        Assert.Null(mine.Signers.Single(s => s.AccountId == one.AccountId).Wait);
    }

    [Fact]
    public void An_ended_session_keeps_nobody_waiting_and_shows_the_reason()
    {
        var session = SigningSessionTests.Open(1, 1, 1);
        session.Refuse(session.Signers[0], "Sai họ tên", "x", Now.AddHours(1));
        var view = SessionView.Of(session, session.Signers[1].AccountId);
        Assert.Equal((SessionState.Refused, Now.AddHours(1), false), (view.State, view.ClosedAt, view.MyTurn));
        Assert.All(view.Signers, s => Assert.Null(s.Wait));
        Assert.Equal(["Sai họ tên"], view.Signers.Select(s => s.Reason).OfType<string>());
    }

    [Theory]
    [InlineData((int)SignerNeeds.None, "")]
    [InlineData((int)SignerNeeds.Pin, "pin")]
    [InlineData((int)(SignerNeeds.Pin | SignerNeeds.OneTimeCode), "pin oneTimeCode")]
    [InlineData((int)SignerNeeds.Signatures, "signatures")]
    public void An_order_says_what_to_give_while_it_is_begun_and_hashes_only_to_who_signs_them(int needs, string words)
    {
        var order = SigningOrderTests.Of(OrderState.Prepared);
        Assert.Empty(OrderView.Of(order).Needs);
        order.Begin("tx", needs, Now.AddMinutes(3), "09xx", Now);
        var view = OrderView.Of(order);
        Assert.Equal((words, "09xx", Now.AddMinutes(3), null), (string.Join(' ', view.Needs), view.CodeSentTo, view.Until, view.Code));
        Assert.Equal(needs == (int)SignerNeeds.Signatures ? ["AQ==", "Ag=="] : new string?[] { null, null }, view.Documents.Select(d => d.Hash));
        order.Answer([[7], null], Now);
        view = OrderView.Of(order);
        Assert.Empty(view.Needs);
        Assert.Equal([(null, ItemState.Answered, null), (null, ItemState.Failed, "SIG-0329")], view.Documents.Select(d => (d.Hash, d.State, d.Code)));
    }

    [Fact]
    public void An_order_that_failed_says_why_for_itself_and_each_document()
    {
        var view = OrderView.Of(SigningOrderTests.Of(OrderState.Declined));
        Assert.Equal((OrderState.Declined, "WHY"), (view.State, view.Code));
        Assert.All(view.Documents, d => Assert.Equal((ItemState.Failed, "WHY"), (d.State, d.Code)));
    }

    [Fact]
    public void A_batch_counts_each_document_once_and_is_over_when_every_order_is()
    {
        var batch = new SigningBatch { Id = Guid.CreateVersion7(), AccountId = Guid.CreateVersion7(), RequestHash = [], CreatedAt = Now };
        var (done, failed, open) = (SigningOrderTests.Of(OrderState.Answered, 3, batch.Id), SigningOrderTests.Of(OrderState.Failed, 2, batch.Id),
            SigningOrderTests.Of(OrderState.Begun, 4, batch.Id));
        done.Items[0].Embedded();
        done.Items[1].Embedded();
        done.Items[2].Fail("SIG-0309");
        done.End(OrderState.Done, "", Now);
        var skipped = SigningSessionTests.Open(1, 1);
        open.Items.Add(SigningItem.Skip(open.Id, 201, skipped.Signers[0], skipped.Documents[0], "SIG-0306"));
        var view = BatchView.Of(batch, [open, done, failed]);
        Assert.Equal((2, 3, 1, 4, false), (view.Signed, view.Failed, view.Skipped, view.Waiting, view.IsOver));
        Assert.Equal(view.Orders.Select(o => o.Id).Order(), view.Orders.Select(o => o.Id));
        Assert.True(BatchView.Of(batch, [done, failed]).IsOver);
        // A signature that is here and not yet in its document is still to come.
        Assert.Equal(2, BatchView.Of(batch, [SigningOrderTests.Of(OrderState.Answered, 2)]).Waiting);
    }

    [Fact]
    public void What_a_batch_asks_for_is_the_same_in_any_order_and_another_with_anything_else()
    {
        Guid[] ids = [Guid.CreateVersion7(), Guid.CreateVersion7()];
        static string Hash(BatchRequest request) => Convert.ToHexString(request.Hash);
        var one = new BatchRequest(ids, null, "p", "c", ConsentText.Version);
        Assert.Equal(Hash(one), Hash(one with { SessionIds = [.. ids.Reverse()] }));
        BatchRequest[] others =
        [
            one with { SessionIds = [ids[0]] }, one with { SessionIds = null, DocumentIds = ids }, one with { Provider = "q" }, one with { CredentialId = "d" },
        ];
        Assert.Equal(5, others.Append(one).Select(Hash).Distinct().Count());
    }

    [Fact]
    public void A_line_of_the_log_leaves_out_what_is_empty()
    {
        var session = SigningSessionTests.Open(1, 1);
        var (opened, asked) = (EventView.Of(session.Log[0]), EventView.Of(session.Log[1]));
        Assert.Equal((CeremonyStep.Opened, "dossier", null, null, null), (opened.Step, opened.Actor, opened.SignerId, opened.Sha256, opened.Detail));
        Assert.Equal((CeremonyStep.Requested, session.Signers[0].Id, session.Id), (asked.Step, asked.SignerId, asked.SessionId));
        session.Show(session.Documents[0], session.Signers[0], "x", Now);
        Assert.Equal((session.Documents[0].Sha256, session.Documents[0].Id), (EventView.Of(session.Log[^1]).Sha256, EventView.Of(session.Log[^1]).DocumentId));
    }

    [Fact]
    public void Secrets_do_not_show_when_an_authorisation_is_printed_and_signatures_are_Base64()
    {
        var given = new SignSession.Authorisation("314159", "271828", ["AQID", ""]);
        Assert.Equal("Authorisation", given.ToString());
        Assert.Equal([3, 0], given.Proof().Value.Signatures.Select(s => s.Length));
        Assert.Equal("SIG-0315", (given with { Signatures = ["AQID", "not base64"] }).Proof().Error.Code);
        Assert.Empty(new SignSession.Authorisation(null, null, null).Proof().Value.Signatures);
    }
}
