using HaLong.Signatures.Domain.Sessions;

namespace HaLong.Signatures.Tests.Domain.Sessions;

/// <summary>Who holds a file, what is appended to it, what stays in the log, and what a session does at its edges.</summary>
public sealed class SessionDocumentTests
{
    private static readonly DateTimeOffset Now = SigningSessionTests.Now;

    [Theory]
    [InlineData(false, -1, false)]
    [InlineData(true, -1, true)]
    [InlineData(true, 0, false)]
    [InlineData(true, 1, false)]
    public void A_file_is_held_against_others_until_its_time_is_over(bool held, int secondsAfter, bool against)
    {
        var (document, mine, other, until) = (SigningSessionTests.Open(1, 1).Documents[0], Guid.CreateVersion7(), Guid.CreateVersion7(), Now.AddMinutes(5));
        if (held)
            document.Hold(mine, until);
        Assert.Equal(against, document.IsHeldAgainst(other, until.AddSeconds(secondsAfter)));
        Assert.False(document.IsHeldAgainst(mine, until.AddSeconds(secondsAfter)));
    }

    [Fact]
    public void Only_who_holds_a_file_gives_it_back()
    {
        var (document, mine) = (SigningSessionTests.Open(1, 1).Documents[0], Guid.CreateVersion7());
        document.Hold(mine, Now.AddMinutes(5));
        document.Release(Guid.CreateVersion7());
        Assert.Equal((mine, Now.AddMinutes(5)), (document.HeldBy, document.HeldUntil));
        document.Release(mine);
        Assert.Equal((null, null), (document.HeldBy, document.HeldUntil));
    }

    [Fact]
    public void A_signature_changes_the_file_as_it_stands_and_never_the_original()
    {
        var document = SigningSessionTests.Open(2, 1).Documents[1];
        Assert.Equal((2, "2.pdf", "application/pdf", 2L, 1), (document.Number, document.Name, document.MediaType, document.Size, document.Parts));
        document.Append(new string('b', 64), 4711);
        Assert.Equal((new string('a', 64), new string('b', 64), 4711L, 2), (document.OriginalSha256, document.Sha256, document.Size, document.Parts));
    }

    [Fact]
    public void Contents_are_deleted_once_and_each_signature_stays_on_record()
    {
        var session = SigningSessionTests.Open(1, 1);
        session.Cancel("x", Now);
        session.ForgetLog();
        session.DeleteContents(Now.AddDays(30));
        session.DeleteContents(Now.AddDays(31));
        Assert.Equal(Now.AddDays(30), session.ContentsDeletedAt);
        Assert.All(session.Log, l => Assert.Equal((CeremonyStep.ContentsDeleted, SigningEvent.System), (l.Step, l.Actor)));
        Assert.Equal(64, session.Documents[0].Sha256.Length);
    }

    [Fact]
    public void A_line_of_the_log_names_ids_and_the_unit_and_keeps_its_detail_short()
    {
        var session = SigningSessionTests.Open(1, 1);
        var (signer, document) = (session.Signers[0], session.Documents[0]);
        var changes = session.Changes;
        session.Write(CeremonyStep.Failed, "somebody", Now, signer, document, document.Sha256, new string('9', 300));
        var line = session.Log[^1];
        Assert.Equal((session.Id, "06658", signer.Id, document.Id), (line.SessionId, line.UnitCode, line.SignerId, line.DocumentId));
        Assert.Equal(("somebody", document.Sha256, 100, Now), (line.Actor, line.Sha256, line.Detail.Length, line.OccurredAt));
        // Each line is a change of the session, so that who read it before is told.
        Assert.Equal(changes + 1, session.Changes);
        session.ForgetLog();
        Assert.Empty(session.Log);
    }

    [Fact]
    public void Who_looks_on_behalf_of_the_session_alone_is_recorded_and_moves_nobody()
    {
        var session = SigningSessionTests.Open(1, 1, 2);
        session.Show(session.Documents[0], null, "creator", Now);
        Assert.Equal((CeremonyStep.Viewed, "creator", null), (session.Log[^1].Step, session.Log[^1].Actor, session.Log[^1].SignerId));
        session.Show(session.Documents[0], session.Signers[1], "x", Now);
        Assert.All(session.Signers, s => Assert.Equal(SignerState.Waiting, s.State));
    }

    [Fact]
    public void The_lowest_number_signs_first_wherever_the_numbers_begin()
    {
        var session = SigningSessionTests.Open(1, 40, 7, 40, 99);
        Assert.Equal([false, true, false, false], session.Signers.Select(session.IsTurnOf));
        Assert.Equal(session.Signers[1].Id, Assert.Single(session.Log, l => l.Step == CeremonyStep.Requested).SignerId);
    }

    [Fact]
    public void Beginning_without_having_looked_is_a_fault_of_the_program()
    {
        var session = SigningSessionTests.Open(1, 1);
        Assert.Throws<InvalidOperationException>(() =>
            session.Begin(session.Signers[0], session.Documents, Guid.CreateVersion7(), Now.AddMinutes(5), "x", Now));
        Assert.Null(session.Documents[0].HeldBy);
    }

    [Fact]
    public void Looking_at_what_it_was_before_does_not_allow_to_sign_what_it_is_now()
    {
        var session = SigningSessionTests.Open(2, 1);
        var (signer, order) = (session.Signers[0], Guid.CreateVersion7());
        // Not looked at all; looked, but at other bytes; looked at these.
        HashSet<string> these = [session.Documents[0].Sha256];
        Assert.Equal("SIG-0306", session.WhyNotSign(signer, session.Documents[0], these, order, Now)?.Code);
        session.Show(session.Documents[0], signer, "x", Now);
        Assert.Equal("SIG-0306", session.WhyNotSign(signer, session.Documents[0], new HashSet<string> { new('f', 64) }, order, Now)?.Code);
        Assert.Null(session.WhyNotSign(signer, session.Documents[0], these, order, Now));
        session.Begin(signer, [session.Documents[0]], order, Now.AddMinutes(5), "x", Now);
        // His own order may go on, another of his own has to wait.
        Assert.Null(session.WhyNotSign(signer, session.Documents[0], these, order, Now));
        Assert.Equal("SIG-0308", session.WhyNotSign(signer, session.Documents[1], these, Guid.CreateVersion7(), Now)?.Code);
    }

    [Fact]
    public void A_wait_for_an_answer_never_lasts_longer_than_the_session()
    {
        var session = SigningSessionTests.Open(1, 1, 1);
        var (one, two) = (session.Signers[0], session.Signers[1]);
        session.Show(session.Documents[0], one, "x", Now);
        session.Begin(one, session.Documents, Guid.CreateVersion7(), session.Deadline.AddMinutes(5), "x", Now);
        Assert.Equal(new SessionWait("provider", "answer", session.Deadline), SessionWait.Of(session, one));
        // Beside him the other one is waited for himself.
        Assert.Equal(new SessionWait(two.AccountId.ToString(), "signature", session.Deadline), SessionWait.Of(session, two));
    }

    [Fact]
    public void Those_behind_wait_for_the_first_who_has_not_signed_yet()
    {
        var session = SigningSessionTests.Open(1, 3, 1, 2);
        Assert.Equal(session.Signers[1].AccountId.ToString(), SessionWait.Of(session, session.Signers[0])!.Owner);
        Sign(session, session.Signers[1]);
        Assert.Equal(new SessionWait(session.Signers[2].AccountId.ToString(), "turn", session.Deadline), SessionWait.Of(session, session.Signers[0]));
        Assert.Null(SessionWait.Of(session, session.Signers[1]));
        Sign(session, session.Signers[2]);
        Assert.Equal("signature", SessionWait.Of(session, session.Signers[0])!.Reason);
    }

    private static void Sign(SigningSession session, SessionSigner signer)
    {
        var (order, document) = (Guid.CreateVersion7(), session.Documents[0]);
        session.Show(document, signer, "x", Now);
        session.Begin(signer, [document], order, Now.AddMinutes(5), "x", Now);
        Assert.True(session.Embed(signer, document, order, document.Parts, Guid.CreateVersion7().ToString("N"), 10, "B-T", Now).IsSuccess);
        session.Settle(signer, order, "", Now);
    }
}
