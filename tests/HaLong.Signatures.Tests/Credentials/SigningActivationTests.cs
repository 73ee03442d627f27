using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Domain;

namespace HaLong.Signatures.Tests.Credentials;

/// <summary>An order on its way: what it is bound to, what it keeps, what it forgets.</summary>
public sealed class SigningActivationTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);
    private static readonly CredentialHolder Holder = new(Guid.CreateVersion7(), "Nguyễn Thị Hạnh", 2);
    private static readonly byte[] Digest = [.. Enumerable.Repeat((byte)7, 32)];
    private static readonly byte[] Sad = [1, 2, 3];

    private static PersonCredential Credential(CredentialTerm term = CredentialTerm.Long) => PersonCredential.ForCitizen(Holder, term, Now);

    private static SigningActivation Begun(CredentialTerm term = CredentialTerm.Long, ActivationDoor door = ActivationDoor.Platform)
    {
        var order = SigningActivation.Begin(Guid.CreateVersion7(), Credential(term), door, Now);
        order.Bind(SignatureAlgorithm.EcdsaSha256.Oid, Digest, 3);
        return order;
    }

    [Fact]
    public void It_is_for_one_list_of_hashes_by_one_algorithm()
    {
        var order = Begun();
        Assert.True(order.IsFor(SignatureAlgorithm.EcdsaSha256.Oid, Digest));
        Assert.False(order.IsFor(SignatureAlgorithm.EcdsaSha384.Oid, Digest));
        Assert.False(order.IsFor(SignatureAlgorithm.EcdsaSha256.Oid, [.. Digest[..31], 8]));
        Assert.False(order.IsFor(SignatureAlgorithm.EcdsaSha256.Oid, []));
        var unbound = SigningActivation.Begin(Guid.CreateVersion7(), Credential(), ActivationDoor.Csc, Now);
        Assert.False(unbound.IsFor(SignatureAlgorithm.EcdsaSha256.Oid, Digest));
    }

    [Fact]
    public void Only_a_one_time_credential_has_its_only_order()
    {
        Assert.False(Begun().IsOnly);
        Assert.True(Begun(CredentialTerm.OneTime).IsOnly);
    }

    [Fact]
    public void A_code_says_until_when()
    {
        var order = Begun();
        Assert.Equal(Now.AddMinutes(5), order.Until);
        var challenge = Guid.CreateVersion7();
        order.Asked(challenge, "***678", Now.AddMinutes(4));
        Assert.Equal((challenge, "***678", Now.AddMinutes(4), true), (order.ChallengeId, order.CodeSentTo, order.Until, order.IsOpen));
    }

    [Fact]
    public void A_SAD_is_kept_by_its_hash_for_three_minutes_and_a_newer_one_takes_its_place()
    {
        var order = Begun();
        order.Authorise(Sad, [9], Now);
        Assert.Equal((ActivationState.Authorised, Now.AddMinutes(3), true), (order.State, order.Until, order.IsOpen));
        Assert.Equal(SigningActivation.HashOf(Sad), order.SadHash);
        Assert.NotEqual(Sad, order.SadHash);
        order.Authorise([4], [8], Now.AddMinutes(1));
        Assert.Equal(SigningActivation.HashOf([4]), order.SadHash);
        Assert.Equal([8], order.SealedKey);
    }

    [Fact]
    public void Signed_it_has_no_key_and_knows_its_SAD()
    {
        var order = Begun();
        order.Authorise(Sad, [9], Now);
        order.Sign([[1], [2], [3]]);
        Assert.Equal((ActivationState.Signed, null, false, 3), (order.State, order.SealedKey, order.IsOpen, order.Signatures!.Length));
        Assert.NotNull(order.SadHash);
    }

    [Fact]
    public void Lapsed_it_has_neither()
    {
        var order = Begun();
        order.Authorise(Sad, [9], Now);
        order.Lapse();
        Assert.Equal((ActivationState.Lapsed, null, null, false), (order.State, order.SealedKey, order.SadHash, order.IsOpen));
    }

    [Fact]
    public void The_log_says_who_signed_how_much_and_nothing_of_what()
    {
        const ActivationDoor door = ActivationDoor.Csc;
        var order = Begun(door: door);
        order.Authorise(Sad, [9], Now);
        order.Sign([[1]]);
        var row = SigningRecord.Of(order, OrderOutcome.Signed, Now);
        Assert.Equal((order.Id, Holder.AccountId, order.CredentialId, door, 3), (row.Id, row.AccountId, row.CredentialId, row.Door, row.HashCount));
        Assert.Equal((Digest, OrderOutcome.Signed, Now, SignatureAlgorithm.EcdsaSha256.Oid), (row.HashesDigest, row.Outcome, row.OccurredAt, row.Algorithm));
    }

    [Fact]
    public void An_order_whose_hashes_nobody_told_is_logged_without()
    {
        var order = SigningActivation.Begin(Guid.CreateVersion7(), Credential(), ActivationDoor.Csc, Now);
        order.Announce(5);
        var row = SigningRecord.Of(order, OrderOutcome.Expired, Now);
        Assert.Equal((5, 0, "", OrderOutcome.Expired), (row.HashCount, row.HashesDigest.Length, row.Algorithm, row.Outcome));
    }

    [Fact]
    public void A_step_in_the_life_of_a_credential_has_who_when_and_why()
    {
        var (credential, actor) = (Credential(), Guid.CreateVersion7());
        var step = PersonCredentialChange.Of(credential, PersonCredentialMove.Revoked, actor, Now, "Mất điện thoại", RevocationReason.KeyCompromise);
        Assert.Equal((credential.Id, PersonCredentialMove.Revoked, actor, Now), (step.CredentialId, step.Move, step.ActorId, step.OccurredAt));
        Assert.Equal(("Mất điện thoại", RevocationReason.KeyCompromise), (step.Note, step.Reason));
        Assert.Equal("", PersonCredentialChange.Of(credential, PersonCredentialMove.Expired, Guid.Empty, Now).Note);
    }
}
