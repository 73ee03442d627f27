using System.Security.Cryptography.X509Certificates;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Cryptography;

namespace HaLong.Signatures.Providers;

/// <summary>
/// Where a person's private key is: here, at another provider of remote signatures, on a token. A signature is made in five steps: <b>prepare</b>
/// (the document gets room for a signature, and a hash to sign), <b>authorise</b> (the person agrees to just these hashes), <b>sign</b>
/// (the provider signs the hashes), <b>embed</b> and <b>validate</b>. Documents never leave this service: providers see hashes.
/// </summary>
internal interface ISigningProvider
{
    /// <summary>Stable word: <c>built-in</c>, <c>csc-…</c> with the name in the configuration, <c>smartca</c>, <c>imported</c>.</summary>
    string Name { get; }

    /// <summary>The credentials with which the person can sign here; empty when none, or when the provider does not know the person.</summary>
    Task<Result<IReadOnlyList<ProviderCredential>>> ListAsync(SignerIdentity signer, CancellationToken ct);

    /// <summary>
    /// Authorise, first half: what the person has to do next. A provider that asks for a one-time code sends it now; one that asks the person
    /// on a telephone of its own does so now, and answers when asked (<see cref="AskAsync"/>) or calls back.
    /// Beginning the same order again begins nothing new.
    /// </summary>
    Task<Result<AuthorisationStep>> BeginAsync(HashOrder order, CancellationToken ct);

    /// <summary>Authorise, second half, and sign: with what the person gave. An order that was signed gives the same signatures again.</summary>
    Task<Result<HashOutcome>> SignAsync(HashOrder order, SignerProof proof, CancellationToken ct);

    /// <summary>What became of an order whose answer is still to come. Never begins anything.</summary>
    Task<Result<HashOutcome>> AskAsync(HashOrder order, CancellationToken ct);
}

/// <summary>The person who signs.</summary>
/// <param name="AccountId">Account.</param>
/// <param name="ProviderUser">What the provider calls the person; empty where it is the account.</param>
internal sealed record SignerIdentity(Guid AccountId, string ProviderUser = "");

/// <summary>A credential at a provider.</summary>
/// <param name="Id">The provider's id of it.</param>
/// <param name="Chain">Certificates, signer first.</param>
/// <param name="Algorithm">How it signs.</param>
/// <param name="MaxHashes">How many hashes one authorisation may cover.</param>
/// <param name="Needs">What the person gives to sign with it.</param>
internal sealed record ProviderCredential(string Id, IReadOnlyList<X509Certificate2> Chain, SignatureAlgorithm Algorithm, int MaxHashes,
    SignerNeeds Needs);

/// <summary>What the person gives.</summary>
[Flags]
internal enum SignerNeeds
{
    /// <summary>Nothing here: the person agrees at the provider, for example in its app.</summary>
    None = 0,

    /// <summary>The secret number of the credential.</summary>
    Pin = 1,

    /// <summary>A code that was sent for this order.</summary>
    OneTimeCode = 2,

    /// <summary>Signature values, made by the person with a key that no provider holds (<see cref="AuthorisationStep.HashesToSign"/>).</summary>
    Signatures = 4,
}

/// <summary>Hashes to sign with one authorisation.</summary>
/// <param name="Id">Id of the order, chosen by the caller: the key under which it is begun, signed and asked for once.</param>
/// <param name="Signer">Who signs.</param>
/// <param name="CredentialId">The provider's id of the credential.</param>
/// <param name="Algorithm">How; the hashes are by its hash.</param>
/// <param name="Hashes">What to sign, in order; signatures come in the same order.</param>
/// <param name="Titles">What each is, in words to show to the person; as many as hashes.</param>
/// <param name="Transaction">The provider's id, once begun (<see cref="AuthorisationStep.Transaction"/>); empty before.</param>
internal sealed record HashOrder(Guid Id, SignerIdentity Signer, string CredentialId, SignatureAlgorithm Algorithm,
    IReadOnlyList<byte[]> Hashes, IReadOnlyList<string> Titles, string Transaction = "");

/// <summary>What comes next.</summary>
/// <param name="Transaction">The provider's id of the order: to be kept before anything else is done.</param>
/// <param name="Needs">What the person gives here; none when the provider asks the person itself.</param>
/// <param name="Until">When the authorisation lapses.</param>
/// <param name="CodeSentTo">Where the code went, masked; empty without one.</param>
internal sealed record AuthorisationStep(string Transaction, SignerNeeds Needs, DateTimeOffset Until, string CodeSentTo = "")
{
    /// <summary>The hashes that the person signs with a key of his own; empty unless <see cref="SignerNeeds.Signatures"/> is needed.</summary>
    public IReadOnlyList<byte[]> HashesToSign { get; init; } = [];
}

/// <summary>What the person gave. Never logged, never stored.</summary>
internal sealed record SignerProof(string Pin, string OneTimeCode)
{
    /// <summary>Signature values made outside, one per hash in the order's sequence; empty unless they are what is needed.</summary>
    public IReadOnlyList<byte[]> Signatures { get; init; } = [];

    /// <summary>Secrets do not show, whatever prints this.</summary>
    public override string ToString() => nameof(SignerProof);
}

/// <summary>How an order stands.</summary>
internal enum HashState
{
    /// <summary>The answer is still to come.</summary>
    Pending,

    /// <summary>Signed: the signatures are there.</summary>
    Signed,

    /// <summary>The person said no.</summary>
    Declined,

    /// <summary>Nobody answered in time.</summary>
    Expired,

    /// <summary>The provider could not sign; a new order may.</summary>
    Failed,
}

/// <summary>What became of an order.</summary>
/// <param name="State">How it stands.</param>
/// <param name="Signatures">One per hash, null where the provider left one out; empty unless signed.</param>
/// <param name="Code">The provider's own word for what went wrong; empty otherwise.</param>
internal sealed record HashOutcome(HashState State, IReadOnlyList<byte[]?> Signatures, string Code = "")
{
    public static readonly HashOutcome Pending = new(HashState.Pending, []);
}
