using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Tests.Domain.Lifecycle;

/// <summary>The approver's own signature in the life of a dossier.</summary>
public sealed class ApproverSignatureTests
{
    private static readonly Actor Other = Play.As(Roles.Approver) with { Id = Guid.CreateVersion7(), Name = "Lê Văn Thay" };

    [Theory]
    [InlineData(DossierStatus.Processing)]
    [InlineData(DossierStatus.Returned)]
    public void Nothing_is_sealed_before_the_approver_has_signed(string status)
    {
        var play = Play.In(status, signing: true, signs: true);
        var seal = status == DossierStatus.Returned ? Moves.ReplaceResult : Moves.Resolve;
        Assert.Equal("DOS-0008", play.Do(seal, Actor.System).Error.Code);
        Assert.True(play.Dossier.SignatureAsked(play.Now.AddDays(3), play.Now));
        Assert.Equal("DOS-0008", play.Do(seal, Actor.System).Error.Code);
        play.Must(Moves.MissSignature);
        Assert.Equal("DOS-0008", play.Do(seal, Actor.System).Error.Code);
        play.Must(Moves.AskSignature).Must(Moves.SignByApprover);
        Assert.Equal((false, SignatureStage.Signed, null), (play.Dossier.AwaitsPerson, play.Dossier.PersonSignature, play.Dossier.WaitUntil));
        play.Must(seal);
        Assert.False(play.Dossier.IsSigning);
    }

    [Fact]
    public void Each_stage_says_whose_move_it_is_and_until_when()
    {
        var play = Play.In(DossierStatus.Processing, signing: true, signs: true);
        Assert.Equal(("SIGNATURE", null), (Waits.Of(play.Dossier)!.Reason, Waits.Of(play.Dossier)!.PersonOf(play.Dossier)));
        play.Now = play.Now.AddMinutes(5);
        var deadline = play.Now.AddDays(3);
        Assert.True(play.Dossier.SignatureAsked(deadline, play.Now));
        Assert.Equal(("APPROVER_SIGNATURE", play.Dossier.ApproverId), (Waits.Of(play.Dossier)!.Reason, Waits.Of(play.Dossier)!.PersonOf(play.Dossier)));
        Assert.Equal((deadline, play.Now), (play.Dossier.WaitUntil, play.Dossier.WaitingSince));
        Assert.False(play.Dossier.SignatureAsked(deadline, play.Now));
        play.Must(Moves.MissSignature);
        Assert.Equal(("SIGNATURE_MISSED", play.Dossier.ApproverId), (Waits.Of(play.Dossier)!.Reason, Waits.Of(play.Dossier)!.PersonOf(play.Dossier)));
        Assert.Equal(("Ghi sai số thửa", SignatureStage.Refused), (play.Dossier.SignatureReason, play.Dossier.PersonSignature));
        Assert.Equal("DOS-0008", play.Do(Moves.MissSignature, Actor.System).Error.Code);
        play.Must(Moves.AskSignature);
        Assert.Equal((SignatureStage.Due, null, 1), (play.Dossier.PersonSignature, play.Dossier.SignatureReason, play.Dossier.SignatureRound));
    }

    [Fact]
    public void Who_signs_in_the_place_of_another_takes_the_decision_over()
    {
        var play = Play.In(DossierStatus.Processing, signing: true, signs: true);
        var (first, paper, approvedAt) = (play.Dossier.SignatureSessionId, play.Dossier.UnsignedId, play.Dossier.ApprovedAt);
        Assert.Equal(play.Dossier.SigningId, paper);
        play.Now = play.Now.AddHours(1);
        Assert.True(play.Dossier.AskSignature(Play.As(Roles.Approver), Other.Id, Other.Name, "Đồng ý một phần", play.Now).IsSuccess);
        Assert.Equal((Other.Id, Other.Name, "Đồng ý một phần", play.Now), (play.Dossier.ApproverId, play.Dossier.ApproverName, play.Dossier.Decision, play.Dossier.ApprovedAt));
        Assert.NotEqual(first, play.Dossier.SignatureSessionId);
        Assert.Equal(play.Dossier.SignatureSessionId, play.Dossier.UnsignedId);
        Assert.Equal([first!.Value], play.Dossier.TakeAbandoned());
        Assert.Empty(play.Dossier.TakeAbandoned());

        // The same one again changes nothing of the decision.
        var at = play.Dossier.ApprovedAt;
        play.Now = play.Now.AddHours(1);
        Assert.True(play.Dossier.AskSignature(Other, Other.Id, "Tên khác", null, play.Now).IsSuccess);
        Assert.Equal((Other.Name, at, 2), (play.Dossier.ApproverName, play.Dossier.ApprovedAt, play.Dossier.SignatureRound));
        Assert.NotEqual(approvedAt, at);
    }

    [Fact]
    public void Neither_the_case_officer_nor_a_party_signs_and_only_a_signature_that_is_wanted_is_asked_for()
    {
        var play = Play.In(DossierStatus.Processing, signing: true, signs: true);
        Assert.Equal("DOS-0018", Ask(play, Play.Officer));
        Assert.Equal("DOS-0017", Ask(play, Play.Owner));
        Assert.Equal("DOS-0019", play.Dossier.AskSignature(Play.As(Roles.Chief), Other.Id, Other.Name, null, play.Now).Error.Code);
        Assert.Equal("DOS-0750", Ask(Play.In(DossierStatus.Processing, signing: true), Other.Id));
        Assert.Equal("DOS-0750", Ask(Play.In(DossierStatus.Processing), Other.Id));
        Assert.Equal("DOS-0751", Ask(play.Must(Moves.SignByApprover), Other.Id));
        Assert.Equal("DOS-0008", play.Do(Moves.SignByApprover, Actor.System).Error.Code);
    }

    [Fact]
    public void A_refusal_keeps_its_words_and_a_correction_of_it_may_change_them()
    {
        var play = Play.In(DossierStatus.Processing);
        play.Signs = true;
        play.Must(Moves.Refuse);
        Assert.Equal("DOS-0753", play.Dossier.AskSignature(Other, Other.Id, Other.Name, "Đồng ý", play.Now).Error.Code);
        Assert.True(play.Dossier.AskSignature(Other, Other.Id, Other.Name, null, play.Now).IsSuccess);
        play.Must(Moves.SignByApprover).Must(Moves.Resolve).Must(Moves.Return).Must(Moves.Correct);
        Assert.True(play.Dossier.AskSignature(Other, Other.Id, Other.Name, "Văn bản sửa", play.Now).IsSuccess);
        Assert.Equal("Văn bản sửa", play.Dossier.Decision);
    }

    [Fact]
    public void What_ends_the_dossier_gives_the_session_back_and_a_stop_takes_the_unsigned_decision_back()
    {
        var withdrawn = Play.In(DossierStatus.Processing, signing: true, signs: true);
        var session = withdrawn.Dossier.SignatureSessionId!.Value;
        Assert.Equal([session], withdrawn.Must(Moves.Withdraw).Dossier.TakeAbandoned());
        var stopped = Play.In(DossierStatus.Processing, signing: true, signs: true);
        session = stopped.Dossier.SignatureSessionId!.Value;
        stopped.Must(Moves.Stop);
        Assert.Equal([session], stopped.Dossier.TakeAbandoned());
        Assert.Equal((null, null, null, false), (stopped.Dossier.Outcome, stopped.Dossier.ApprovedAt, stopped.Dossier.ResultDocumentId, stopped.Dossier.IsSigning));

        // Missed: there is no session to give back. Signed: what is decided is decided.
        Assert.Empty(Play.In(DossierStatus.Processing, signing: true, signs: true).Must(Moves.MissSignature).Must(Moves.Stop).Dossier.TakeAbandoned());
        var signed = Play.In(DossierStatus.Processing, signing: true, signs: true).Must(Moves.SignByApprover);
        Assert.Equal("DOS-0008", signed.Do(Moves.Stop, Play.As(Roles.Approver)).Error.Code);
        Assert.Empty(signed.Must(Moves.Withdraw).Dossier.TakeAbandoned());
    }

    [Fact]
    public void A_correction_is_signed_anew_and_a_paper_has_a_session_of_its_own_each_time()
    {
        var play = Play.In(DossierStatus.Processing, signing: true, signs: true);
        var first = play.Dossier.SignatureSessionId;
        play.Must(Moves.AskSignature).Must(Moves.SignByApprover).Must(Moves.Resolve);
        Assert.Null(play.Dossier.SignatureSessionId);
        play.Must(Moves.Return).Must(Moves.Correct);
        Assert.Equal((SignatureStage.Due, 0), (play.Dossier.PersonSignature, play.Dossier.SignatureRound));
        Assert.NotEqual(first, play.Dossier.SignatureSessionId);

        var paper = Guid.CreateVersion7();
        var ids = Enumerable.Range(0, 50).Select(round => SignatureStage.SessionOf(paper, round)).ToList();
        Assert.Equal(50, ids.Distinct().Count());
        Assert.Equal(ids[7], SignatureStage.SessionOf(paper, 7));
        Assert.All(ids, id => Assert.Equal((8, true), (id.Version, id.Variant is >= 8 and <= 11)));
    }

    [Fact]
    public void What_a_signer_wrote_does_not_outlive_the_dossier()
    {
        var dossier = Play.In(DossierStatus.Returned, signing: true, signs: true).Must(Moves.MissSignature).Dossier;
        Assert.NotNull(dossier.SignatureReason);
        dossier.Destroy(Guid.CreateVersion7(), Play.Start.AddYears(20));
        Assert.Null(dossier.SignatureReason);
    }

    private static string Ask(Play play, Guid signer) => play.Dossier.AskSignature(Play.As(Roles.Approver), signer, "Ai đó", null, play.Now).Error.Code;
}
