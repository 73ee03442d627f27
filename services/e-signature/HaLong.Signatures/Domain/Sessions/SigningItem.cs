namespace HaLong.Signatures.Domain.Sessions;

/// <summary>How one document of an order stands.</summary>
internal enum ItemState
{
    /// <summary>Waits for its signature.</summary>
    Prepared,

    /// <summary>The signature is stored and not yet in the document.</summary>
    Answered,

    /// <summary>The document has it.</summary>
    Signed,

    /// <summary>There will be none; the code says why.</summary>
    Failed,

    /// <summary>Was never sent to the provider; the code says why.</summary>
    Skipped,
}

/// <summary>One document of an order: the revision that waits for its signature, and the signature.</summary>
internal sealed class SigningItem
{
    private SigningItem()
    {
    }

    public Guid OrderId { get; private set; }

    public int Number { get; private set; }

    public Guid SessionId { get; private set; }

    public Guid DocumentId { get; private set; }

    public Guid SignerId { get; private set; }

    public ItemState State { get; private set; }

    /// <summary>Parts of the file that the revision was prepared over.</summary>
    public int Parts { get; private set; }

    /// <summary>The signature that lacks its value, with the revision that it goes into; empty once it is decided.</summary>
    public byte[] Prepared { get; private set; } = [];

    /// <summary>What the provider signs.</summary>
    public byte[] Hash { get; private set; } = [];

    /// <summary>What it is, in words for the person.</summary>
    public string Title { get; private set; } = "";

    public byte[]? Signature { get; private set; }

    public string Code { get; private set; } = "";

    public static SigningItem Of(Guid order, int number, SigningSession session, SessionSigner signer, SessionDocument document,
        byte[] prepared, byte[] hash) => new()
        {
            OrderId = order,
            Number = number,
            SessionId = session.Id,
            DocumentId = document.Id,
            SignerId = signer.Id,
            Parts = document.Parts,
            Prepared = prepared,
            Hash = hash,
            Title = document.Name,
        };

    /// <summary>One that is not sent to the provider.</summary>
    public static SigningItem Skip(Guid order, int number, SessionSigner signer, SessionDocument document, string code) => new()
    {
        OrderId = order,
        Number = number,
        SessionId = document.SessionId,
        DocumentId = document.Id,
        SignerId = signer.Id,
        Title = document.Name,
        State = ItemState.Skipped,
        Code = code,
    };

    public void Answer(byte[]? signature) => (State, Signature, Code) = signature is null
        ? (ItemState.Failed, null, SessionErrors.LeftOut.Code)
        : (ItemState.Answered, signature, "");

    public void Embedded()
    {
        State = ItemState.Signed;
        Forget();
    }

    /// <summary>What was decided stays.</summary>
    public void Fail(string code)
    {
        if (State is not (ItemState.Prepared or ItemState.Answered))
            return;
        (State, Code) = (ItemState.Failed, code);
        Forget();
    }

    // A revision holds parts of the document: its page and form.
    private void Forget() => Prepared = [];
}
