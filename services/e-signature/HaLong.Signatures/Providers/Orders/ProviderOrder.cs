using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Cryptography;

namespace HaLong.Signatures.Providers.Orders;

/// <summary>Where an order at an outside provider is.</summary>
internal enum OrderState
{
    /// <summary>Written down here; the provider has not been asked to sign, or is known not to have heard it.</summary>
    Open,

    /// <summary>The provider was asked to sign. Whatever happens now, it is not asked to sign this again.</summary>
    Sent,

    /// <summary>Signed, and the signatures were checked.</summary>
    Signed,

    /// <summary>The person said no.</summary>
    Declined,

    /// <summary>Nobody answered in time.</summary>
    Expired,

    /// <summary>Not signed, or not known to be.</summary>
    Failed,
}

/// <summary>What is kept of an order at an outside provider, so that it outlives a crash and is begun once. Hashes and signatures, never secrets.</summary>
internal sealed class ProviderOrder
{
    private ProviderOrder()
    {
    }

    /// <summary>The caller's id of the order; also our transaction id towards the provider (<see cref="OurTransaction"/>).</summary>
    public Guid Id { get; private set; }

    public string Provider { get; private set; } = "";

    public Guid AccountId { get; private set; }

    public string CredentialId { get; private set; } = "";

    /// <summary>OID of key and hash together.</summary>
    public string Algorithm { get; private set; } = "";

    /// <summary>DER: what the signatures are checked against, as it was when the order began.</summary>
    public byte[] Certificate { get; private set; } = [];

    public byte[][] Hashes { get; private set; } = [];

    /// <summary>What the provider calls the order; empty until it has said so. Never mixed up with <see cref="OurTransaction"/>.</summary>
    public string TheirTransaction { get; private set; } = "";

    public OrderState State { get; private set; }

    /// <summary>One per hash; an empty one was left out by the provider.</summary>
    public byte[][] Signatures { get; private set; } = [];

    public string Code { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When the authorisation lapses.</summary>
    public DateTimeOffset Until { get; private set; }

    /// <summary>When the provider is asked what became of it; null when it is not asked.</summary>
    public DateTimeOffset? AskAt { get; private set; }

    public int Asked { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public string OurTransaction => Id.ToString("N");

    public bool IsOver => State is not (OrderState.Open or OrderState.Sent);

    public SignatureAlgorithm Signs => SignatureAlgorithm.ByOid(Algorithm) ?? throw new InvalidOperationException("An order by an unknown algorithm: " + Algorithm);

    public HashOutcome Outcome => State switch
    {
        OrderState.Signed => new HashOutcome(HashState.Signed, [.. Signatures.Select(s => s.Length == 0 ? null : s)]),
        OrderState.Declined => new HashOutcome(HashState.Declined, [], Code),
        OrderState.Expired => new HashOutcome(HashState.Expired, [], Code),
        OrderState.Failed => new HashOutcome(HashState.Failed, [], Code),
        _ => HashOutcome.Pending,
    };

    public static ProviderOrder Open(string provider, HashOrder order, byte[] certificate, DateTimeOffset until, DateTimeOffset now) => new()
    {
        Id = order.Id,
        Provider = provider,
        AccountId = order.Signer.AccountId,
        CredentialId = order.CredentialId,
        Algorithm = order.Algorithm.Oid,
        Certificate = certificate,
        Hashes = [.. order.Hashes],
        CreatedAt = now,
        Until = until,
    };

    /// <summary>SIG-0415 when the same id was begun for something else.</summary>
    public Result Match(string provider, HashOrder order) =>
        Provider == provider && AccountId == order.Signer.AccountId && CredentialId == order.CredentialId && Algorithm == order.Algorithm.Oid
        && Hashes.Length == order.Hashes.Count && Hashes.Zip(order.Hashes).All(p => CryptographicOperations.FixedTimeEquals(p.First, p.Second))
            ? Result.Success : ProviderErrors.OtherOrder;

    /// <summary>Now the provider is asked to sign; <paramref name="askAt"/>: when somebody looks what became of it.</summary>
    public Result Send(DateTimeOffset askAt, DateTimeOffset now)
    {
        if (State == OrderState.Sent)
            return ProviderErrors.InProgress;
        if (IsOver)
            return ProviderErrors.AuthorisationEnded;
        if (now >= Until)
            return ProviderErrors.AuthorisationEnded;
        (State, AskAt) = (OrderState.Sent, askAt);
        return Result.Success;
    }

    /// <summary>The provider is known not to have been asked to sign: it may be, later.</summary>
    public void Unsend()
    {
        if (State == OrderState.Sent && TheirTransaction.Length == 0)
            (State, AskAt) = (OrderState.Open, null);
    }

    /// <summary>The provider's own id, once: another one is not taken.</summary>
    /// <returns>False when it is known under another id.</returns>
    public bool Name(string theirTransaction, DateTimeOffset? until = null)
    {
        if (TheirTransaction.Length == 0)
        {
            TheirTransaction = theirTransaction;
            Until = until ?? Until;
        }

        return TheirTransaction == theirTransaction;
    }

    /// <summary>The order's end; a second one changes nothing.</summary>
    /// <returns>True when it was the first.</returns>
    public bool End(HashOutcome outcome, DateTimeOffset now)
    {
        if (IsOver || outcome.State == HashState.Pending)
            return false;
        State = outcome.State switch
        {
            HashState.Signed => OrderState.Signed,
            HashState.Declined => OrderState.Declined,
            HashState.Expired => OrderState.Expired,
            _ => OrderState.Failed,
        };
        (Signatures, Code, EndedAt, AskAt) = ([.. outcome.Signatures.Select(s => s ?? [])], outcome.Code.Length > 60 ? outcome.Code[..60] : outcome.Code, now, null);
        return true;
    }

    /// <summary>What the provider's signatures are worth.</summary>
    public HashOutcome Judge(IReadOnlyList<byte[]?> signatures)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(Certificate);
        return SignatureCheck.Judge(certificate, Signs, Hashes, signatures);
    }
}
