using System.Security.Cryptography.X509Certificates;

namespace HaLong.Signatures.Domain.Sessions;

/// <summary>How an order at a provider stands. The first three are at work, the others over.</summary>
internal enum OrderState
{
    /// <summary>Revisions and hashes are stored; the provider may not know yet.</summary>
    Prepared,

    /// <summary>The provider knows, and its transaction is stored.</summary>
    Begun,

    /// <summary>The signatures are stored; documents may lack them.</summary>
    Answered,

    /// <summary>Each item is decided.</summary>
    Done,

    /// <summary>The person said no at the provider.</summary>
    Declined,

    /// <summary>Nobody answered in time, or the signer began anew with something else.</summary>
    Expired,

    /// <summary>The provider could not sign.</summary>
    Failed,
}

/// <summary>
/// Hashes that a person signs with one authorisation at a provider. Its id is the key under which the provider begins, signs and answers
/// once, so that each step can be done again after a crash.
/// </summary>
internal sealed class SigningOrder
{
    private SigningOrder()
    {
    }

    public Guid Id { get; private set; }

    public Guid? BatchId { get; private set; }

    public Guid AccountId { get; private set; }

    public string Provider { get; private set; } = "";

    public string CredentialId { get; private set; } = "";

    /// <summary>OID of key and hash together.</summary>
    public string Algorithm { get; private set; } = "";

    /// <summary>Certificates that the revisions were prepared for, DER, signer first.</summary>
    public byte[][] Chain { get; private set; } = [];

    public OrderState State { get; private set; }

    /// <summary>The provider's id; empty until begun.</summary>
    public string Transaction { get; private set; } = "";

    /// <summary>What the person gives here: flags of <c>SignerNeeds</c>.</summary>
    public int Needs { get; private set; }

    /// <summary>Where a code went, masked.</summary>
    public string CodeSentTo { get; private set; } = "";

    /// <summary>Why there is no signature; empty otherwise.</summary>
    public string Code { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When an answer is no longer waited for.</summary>
    public DateTimeOffset LatestAt { get; private set; }

    /// <summary>When somebody has to look at it again; whoever does puts it off first, so that others do not.</summary>
    public DateTimeOffset NextAt { get; private set; }

    /// <summary>When its provider said that it has an answer that nobody has taken yet.</summary>
    public DateTimeOffset? NoticedAt { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>When an answer came that could not be used any more.</summary>
    public DateTimeOffset? AnsweredLateAt { get; private set; }

    public List<SigningItem> Items { get; private set; } = [];

    public bool IsOver => State > OrderState.Answered;

    public static SigningOrder Prepare(Guid id, Guid account, string provider, string credential, string algorithm, IEnumerable<X509Certificate2> chain,
        DateTimeOffset now, DateTimeOffset latest, DateTimeOffset next, Guid? batch = null) => new()
        {
            Id = id,
            BatchId = batch,
            AccountId = account,
            Provider = provider,
            CredentialId = credential,
            Algorithm = algorithm,
            Chain = [.. chain.Select(c => c.RawData)],
            CreatedAt = now,
            LatestAt = latest,
            NextAt = next,
        };

    /// <returns>False when it was begun before: nothing has changed.</returns>
    public bool Begin(string transaction, int needs, DateTimeOffset until, string codeSentTo, DateTimeOffset next)
    {
        if (State != OrderState.Prepared)
            return false;
        (State, Transaction, Needs, CodeSentTo, NextAt) = (OrderState.Begun, transaction, needs, codeSentTo, next);
        if (until < LatestAt)
            LatestAt = until;
        return true;
    }

    /// <summary>The signatures are here, in the order of the hashes that were sent.</summary>
    /// <returns>False when they were stored before, or nobody waits for them any more.</returns>
    public bool Answer(IReadOnlyList<byte[]?> signatures, DateTimeOffset next)
    {
        if (State is not (OrderState.Prepared or OrderState.Begun))
            return false;
        (State, NextAt) = (OrderState.Answered, next);
        foreach (var (item, i) in Items.Where(x => x.State == ItemState.Prepared).OrderBy(x => x.Number).Select((x, i) => (x, i)))
            item.Answer(i < signatures.Count ? signatures[i] : null);
        return true;
    }

    /// <summary>Over. What was not decided has failed.</summary>
    public bool End(OrderState state, string code, DateTimeOffset now)
    {
        if (IsOver)
            return false;
        (State, Code, EndedAt) = (state, code.Length > 100 ? code[..100] : code, now);
        foreach (var item in Items)
            item.Fail(Code);
        return true;
    }

    public void PutOff(DateTimeOffset next) => NextAt = next;

    /// <returns>False when that is known already.</returns>
    public bool AnswerLate(DateTimeOffset now)
    {
        if (AnsweredLateAt is not null)
            return false;
        AnsweredLateAt = now;
        return true;
    }
}
