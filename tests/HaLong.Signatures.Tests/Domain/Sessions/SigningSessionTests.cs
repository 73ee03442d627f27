using HaLong.Signatures.Domain.Sessions;

namespace HaLong.Signatures.Tests.Domain.Sessions;

public sealed class SigningSessionTests
{
    internal static readonly DateTimeOffset Now = new(2026, 12, 1, 2, 0, 0, TimeSpan.Zero);

    internal static SigningSession Open(int documents, params int[] turns) => SigningSession.Open(Plan(documents, turns), [1], Now);

    internal static SessionPlan Plan(int documents, params int[] turns) => new(Guid.CreateVersion7(), "Ký biên bản", "H49", "dossier", null,
        "06658", Now.AddDays(10),
        [.. Enumerable.Range(1, documents).Select(i => new PlannedDocument($"{i}.pdf", new byte[i], new string('a', 64)))],
        [.. turns.Select(t => new PlannedSigner(Guid.CreateVersion7(), t, "Bên giao"))]);

    private static HashSet<string> Shown(SigningSession session) => [.. session.Documents.Select(d => d.Sha256)];

    /// <summary>One signer signs some documents, as the service has it done.</summary>
    private static void Sign(SigningSession session, SessionSigner signer, params SessionDocument[] documents)
    {
        var order = Guid.CreateVersion7();
        foreach (var document in documents)
        {
            session.Show(document, signer, "x", Now);
            Assert.Null(session.WhyNotSign(signer, document, Shown(session), order, Now));
        }

        session.Begin(signer, documents, order, Now.AddMinutes(5), "x", Now);
        foreach (var document in documents)
            Assert.True(session.Embed(signer, document, order, document.Parts, new string('b', 62) + document.Parts.ToString("D2",
                System.Globalization.CultureInfo.InvariantCulture), 10, "B-T", Now).IsSuccess);
        session.Settle(signer, order, "", Now);
    }

    private static IEnumerable<CeremonyStep> Steps(SigningSession session) => session.Log.Select(l => l.Step);

    [Fact]
    public void Those_of_the_first_turn_are_asked_and_the_next_when_all_of_them_have_signed()
    {
        var session = Open(1, 1, 1, 2);
        var document = session.Documents[0];
        Assert.Equal([session.Signers[0].Id, session.Signers[1].Id], session.Log.Where(l => l.Step == CeremonyStep.Requested).Select(l =>
            l.SignerId!.Value));
        Assert.Equal("SIG-0305", session.WhyNotSign(session.Signers[2], document, Shown(session), Guid.CreateVersion7(), Now)!.Code);

        Sign(session, session.Signers[1], document);
        Assert.Equal(2, session.Log.Count(l => l.Step == CeremonyStep.Requested));
        Sign(session, session.Signers[0], document);
        Assert.Equal(session.Signers[2].Id, session.Log.Last(l => l.Step == CeremonyStep.Requested).SignerId);
        Sign(session, session.Signers[2], document);
        Assert.Equal((SessionState.Completed, 4, 3), (session.State, document.Parts, session.Signatures.Count));
        Assert.Equal(CeremonyStep.Completed, Steps(session).Last());
        Assert.Null(session.NextReminderAt);
    }

    [Fact]
    public void A_signer_has_signed_when_he_signed_every_document()
    {
        var session = Open(3, 1);
        var signer = session.Signers[0];
        Sign(session, signer, session.Documents[1]);
        Assert.Equal((SignerState.Viewing, SessionState.Open), (signer.State, session.State));
        Assert.Equal([session.Documents[0].Id, session.Documents[2].Id], session.Remaining(signer).Select(d => d.Id));
        Assert.Equal("SIG-0310", session.WhyNotSign(signer, session.Documents[1], Shown(session), Guid.CreateVersion7(), Now)!.Code);
        Sign(session, signer, session.Documents[0], session.Documents[2]);
        Assert.Equal((SignerState.Signed, SessionState.Completed), (signer.State, session.State));
    }

    [Fact]
    public void While_one_order_holds_a_file_others_wait_and_what_they_were_shown_is_no_longer_the_file()
    {
        var session = Open(1, 1, 1);
        var (document, one, two) = (session.Documents[0], session.Signers[0], session.Signers[1]);
        var (first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        session.Show(document, one, "x", Now);
        session.Show(document, two, "x", Now);
        var shown = Shown(session);
        session.Begin(one, [document], first, Now.AddMinutes(5), "x", Now);

        var wait = session.WhyNotSign(two, document, shown, second, Now)!;
        Assert.Equal(("SIG-0308", 10), (wait.Code, wait.RetryAfterSeconds));
        session.Embed(one, document, first, 1, new string('b', 64), 20, "B-T", Now);
        session.Settle(one, first, "", Now);
        Assert.Equal("SIG-0306", session.WhyNotSign(two, document, shown, second, Now)!.Code);
        session.Show(document, two, "x", Now);
        Assert.Null(session.WhyNotSign(two, document, Shown(session), second, Now));
    }

    [Fact]
    public void A_signature_that_comes_after_its_time_does_not_push_out_another()
    {
        var session = Open(1, 1, 1);
        var (document, one, two) = (session.Documents[0], session.Signers[0], session.Signers[1]);
        session.Show(document, one, "x", Now);
        session.Show(document, two, "x", Now);
        var (first, second, later) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Now.AddMinutes(6));
        session.Begin(one, [document], first, Now.AddMinutes(5), "x", Now);
        Assert.Null(session.WhyNotSign(two, document, Shown(session), second, later));
        session.Begin(two, [document], second, later.AddMinutes(5), "x", later);

        Assert.Equal("SIG-0309", session.Embed(one, document, first, 1, new string('b', 64), 20, "B-T", later).Error.Code);
        Assert.True(session.Embed(two, document, second, 1, new string('c', 64), 20, "B-T", later).IsSuccess);
        Assert.Equal("SIG-0309", session.Embed(two, document, second, 1, new string('c', 64), 20, "B-T", later).Error.Code);
        Assert.Single(session.Signatures);
    }

    [Fact]
    public void An_order_without_signature_lets_the_signer_begin_again()
    {
        var session = Open(1, 1);
        var (document, signer, order) = (session.Documents[0], session.Signers[0], Guid.CreateVersion7());
        session.Show(document, signer, "x", Now);
        session.Begin(signer, [document], order, Now.AddMinutes(5), "x", Now);
        session.Settle(signer, order, "DECLINED", Now);
        Assert.Equal((SignerState.Failed, "DECLINED", null), (signer.State, signer.Code, document.HeldBy));
        // Settling an order again, or one that is not his any more, changes nothing.
        session.Settle(signer, order, "", Now);
        Assert.Equal(SignerState.Failed, signer.State);
        Sign(session, signer, document);
        Assert.Equal((SignerState.Signed, ""), (signer.State, signer.Code));
    }

    [Fact]
    public void A_refusal_ends_the_session_and_what_was_under_way_fails()
    {
        var session = Open(1, 1, 1, 2);
        var (document, one, two) = (session.Documents[0], session.Signers[0], session.Signers[1]);
        Assert.Equal("SIG-0305", session.Refuse(session.Signers[2], "no", "x", Now).Error.Code);
        session.Show(document, one, "x", Now);
        var order = Guid.CreateVersion7();
        session.Begin(one, [document], order, Now.AddMinutes(5), "x", Now);
        Assert.True(session.Refuse(two, "Sai ngày", "x", Now).IsSuccess);

        Assert.Equal((SessionState.Refused, SignerState.Failed, SignerState.Refused, "Sai ngày"), (session.State, one.State, two.State,
            two.Reason));
        Assert.Equal(Now, session.ClosedAt);
        Assert.Equal("SIG-0304", session.Embed(one, document, order, 1, new string('b', 64), 20, "B-T", Now).Error.Code);
        Assert.Equal("SIG-0304", session.Refuse(one, "no", "x", Now).Error.Code);
        Assert.Equal("SIG-0304", session.Cancel("x", Now).Error.Code);
        Assert.Equal("SIG-0304", session.WhyNotSign(one, document, Shown(session), order, Now)!.Code);
    }

    [Fact]
    public void Who_has_signed_does_not_refuse_any_more()
    {
        var session = Open(1, 1, 1);
        Sign(session, session.Signers[0], session.Documents[0]);
        Assert.Equal("SIG-0310", session.Refuse(session.Signers[0], "no", "x", Now).Error.Code);
        Assert.Equal(SessionState.Open, session.State);
    }

    [Fact]
    public void It_expires_at_its_deadline_and_not_before()
    {
        var session = Open(1, 1);
        session.Expire(session.Deadline.AddSeconds(-1));
        Assert.Equal(SessionState.Open, session.State);
        Assert.Equal("SIG-0304", session.WhyNotSign(session.Signers[0], session.Documents[0], Shown(session), Guid.CreateVersion7(),
            session.Deadline)!.Code);
        session.Expire(session.Deadline);
        session.Expire(session.Deadline);
        Assert.Equal(SessionState.Expired, session.State);
        Assert.Equal(1, Steps(session).Count(s => s == CeremonyStep.Expired));
        // Looking is recorded still, and moves nothing.
        session.Show(session.Documents[0], session.Signers[0], "x", session.Deadline);
        Assert.Equal(SignerState.Waiting, session.Signers[0].State);
    }

    [Fact]
    public void Reminders_come_at_half_time_and_a_day_before_for_those_who_could_sign()
    {
        var session = Open(1, 1, 1, 2);
        Sign(session, session.Signers[0], session.Documents[0]);
        Assert.Equal(Now.AddDays(5), session.NextReminderAt);
        session.Remind(Now.AddDays(4));
        Assert.DoesNotContain(CeremonyStep.Reminded, Steps(session));
        session.Remind(Now.AddDays(5));
        var reminded = Assert.Single(session.Log, l => l.Step == CeremonyStep.Reminded);
        Assert.Equal(session.Signers[1].Id, reminded.SignerId);
        Assert.Equal(Now.AddDays(9), session.NextReminderAt);
        session.Remind(Now.AddDays(9.5));
        Assert.Null(session.NextReminderAt);
        session.Remind(Now.AddDays(9.9));
        Assert.Equal(2, Steps(session).Count(s => s == CeremonyStep.Reminded));
    }

    [Theory]
    [InlineData(1, null, null)]
    [InlineData(20, 10.0, null)]
    [InlineData(48, 24.0, null)]
    [InlineData(72, 36.0, 48.0)]
    [InlineData(36, 12.0, 18.0)]
    public void Reminders_by_the_length_of_a_session(double hours, double? first, double? second)
    {
        var deadline = Now.AddHours(hours);
        var one = Reminders.Next(Now, deadline, Now);
        Assert.Equal(first, (one - Now)?.TotalHours);
        Assert.Equal(second, one is { } at ? (Reminders.Next(Now, deadline, at) - Now)?.TotalHours : null);
    }

    [Fact]
    public void Every_wait_has_an_owner_a_reason_and_an_end()
    {
        var session = Open(1, 1, 2);
        var (one, two) = (session.Signers[0], session.Signers[1]);
        Assert.Equal(new SessionWait(one.AccountId.ToString(), "signature", session.Deadline), SessionWait.Of(session, one));
        Assert.Equal(new SessionWait(one.AccountId.ToString(), "turn", session.Deadline), SessionWait.Of(session, two));
        session.Show(session.Documents[0], one, "x", Now);
        session.Begin(one, session.Documents, Guid.CreateVersion7(), Now.AddMinutes(5), "x", Now);
        Assert.Equal(new SessionWait("provider", "answer", Now.AddMinutes(5)), SessionWait.Of(session, one));
        session.Cancel("x", Now);
        Assert.All(session.Signers, s => Assert.Null(SessionWait.Of(session, s)));
    }
}
