namespace HaLong.Identity.Domain;

/// <summary>A person, organisation, official or helper who can sign in.</summary>
internal sealed class Account
{
    private Account()
    {
    }

    public Guid Id { get; private set; }

    public string Kind { get; private set; } = "";

    /// <summary>As typed by its owner; compared by <see cref="NormalizedUserName"/>.</summary>
    public string UserName { get; private set; } = "";

    public string NormalizedUserName { get; private set; } = "";

    public string PasswordHash { get; private set; } = "";

    public string DisplayName { get; private set; } = "";

    /// <summary>The personal number, sealed; never kept in clear.</summary>
    public byte[]? SealedPersonalNumber { get; private set; }

    /// <summary>Keyed hash of the personal number: finds the account and keeps it the only one, says nothing without the key.</summary>
    public byte[]? PersonalNumberIndex { get; private set; }

    /// <summary>Which index key made <see cref="PersonalNumberIndex"/>.</summary>
    public int PersonalNumberIndexVersion { get; private set; }

    /// <summary>The index under the coming index key, while one is on its way.</summary>
    public byte[]? PersonalNumberNextIndex { get; private set; }

    public DateOnly? BirthDate { get; private set; }

    /// <summary>How surely the person is known: 1 self-registered, 2 verified in person or by a national provider.</summary>
    public int Level { get; private set; } = 1;

    /// <summary>Tax and enterprise code of an organisation.</summary>
    public string? TaxCode { get; private set; }

    /// <summary>Grows whenever tokens already issued say something that is no longer true.</summary>
    public int Epoch { get; private set; }

    public string? Email { get; private set; }

    public string? Phone { get; private set; }

    public string Language { get; private set; } = "vi";

    /// <summary>Code of the administrative unit a helper works for today; officials have assignments.</summary>
    public string? UnitCode { get; private set; }

    /// <summary>Where a helper comes from, one of <see cref="HelperKinds"/>; null for all others.</summary>
    public string? HelperKind { get; private set; }

    /// <summary>Roles of people of the public and helpers: their kind. What officials may do follows from their assignments.</summary>
    public string[] Roles { get; private set; } = [];

    /// <summary>A closed account keeps its history and can no longer sign in or refresh a token.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Since when, at the person's request, the data is only kept and used for nothing optional (law 91/2025, right to restrict).</summary>
    public DateTimeOffset? RestrictedAt { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public uint Version { get; private set; }

    /// <summary>The channel this account's requests come through: citizens on their own, helpers beside somebody, officials at the counter.</summary>
    public string Channel => Kind switch
    {
        AccountKind.Helper => "assisted",
        AccountKind.Official => "counter",
        _ => "online",
    };

    public static Account Register(Guid id, string userName, string displayName, string[] roles, DateTimeOffset now) => new()
    {
        Id = id,
        Kind = AccountKind.OfRole(roles[0]),
        UserName = userName,
        NormalizedUserName = Normalize(userName),
        DisplayName = displayName,
        Roles = roles,
        CreatedAt = now,
    };

    /// <summary>An official or helper; what an official may do follows from assignments.</summary>
    public static Account RegisterStaff(Guid id, string kind, string userName, string displayName, DateTimeOffset now) => new()
    {
        Id = id,
        Kind = kind,
        UserName = userName,
        NormalizedUserName = Normalize(userName),
        DisplayName = displayName,
        Roles = kind == AccountKind.Helper ? [AccountKind.Helper] : [],
        CreatedAt = now,
    };

    public static string Normalize(string userName) => userName.Trim().Normalize().ToUpperInvariant();

    public void SetPasswordHash(string hash) => PasswordHash = hash;

    public void SetPersonalNumber(byte[] sealedNumber, byte[] index, int indexVersion = 1, byte[]? nextIndex = null) =>
        (SealedPersonalNumber, PersonalNumberIndex, PersonalNumberIndexVersion, PersonalNumberNextIndex) = (sealedNumber, index, indexVersion, nextIndex);

    public void SetBirthDate(DateOnly? day) => BirthDate = day;

    public void SetLevel(int level) => Level = level;

    public void SetTaxCode(string? code) => TaxCode = code;

    public void NextEpoch() => Epoch++;

    public void SetContactPoints(string? email, string? phone, string language) => (Email, Phone, Language) = (email, phone, language);

    public void AssignTo(string? unitCode) => UnitCode = unitCode;

    public void SetHelperKind(string? kind) => HelperKind = kind;

    public void Restrict(DateTimeOffset? since) => RestrictedAt = since;

    public void Rename(string displayName) => DisplayName = displayName;

    /// <summary>Another name to sign in with.</summary>
    public void SignInAs(string userName) => (UserName, NormalizedUserName) = (userName, Normalize(userName));

    public void Close() => IsClosed = true;

    /// <summary>
    /// Closed for good: nothing opens it, nobody is reached through it, and its user name, telephone and personal number can be registered anew.
    /// The sealed number stays: it ties archived dossiers to the right person (Law on Archives 33/2024/QH15).
    /// </summary>
    public void CloseForGood()
    {
        IsClosed = true;
        PasswordHash = "";
        (Email, Phone) = (null, null);
        (PersonalNumberIndex, PersonalNumberNextIndex) = (null, null);
        SignInAs(Id.ToString("N"));
    }

    public void Reopen() => IsClosed = false;
}
