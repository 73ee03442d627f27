namespace HaLong.Notifications.Domain;

/// <summary>The notices that people get, and the variables that each one's event can fill.</summary>
internal static class NoticeKinds
{
    public const string DossierSubmitted = "dossier-submitted";
    public const string PaymentRequested = "payment-requested";
    public const string PaymentSettled = "payment-settled";
    public const string PaymentWaived = "payment-waived";
    public const string DossierAccepted = "dossier-accepted";
    public const string DossierDeadlineChanged = "dossier-deadline-changed";
    public const string DossierResultReady = "dossier-result-ready";
    /// <summary>The result is there before the date that was promised.</summary>
    public const string DossierResultEarly = "dossier-result-early";
    public const string DossierReturned = "dossier-returned";

    public const string DossierSupplementRequested = "dossier-supplement-requested";
    public const string DossierSupplemented = "dossier-supplemented";
    public const string DossierNotAccepted = "dossier-not-accepted";
    public const string DossierRefused = "dossier-refused";
    public const string DossierStopped = "dossier-stopped";
    public const string DossierWithdrawn = "dossier-withdrawn";
    public const string DossierFeeDue = "dossier-fee-due";
    public const string DossierDeadlineExtended = "dossier-deadline-extended";
    public const string DossierResultCorrected = "dossier-result-corrected";

    /// <summary>Nobody has worked on a draft for long.</summary>
    public const string DossierDraftExpiring = "dossier-draft-expiring";
    /// <summary>Late: the platform apologised, with a new date or without one.</summary>
    public const string DossierOverdue = "dossier-overdue";
    public const string DossierOverdueAgain = "dossier-overdue-again";

    // A dossier waits too long: for the applicant, for who has the move, for the supervisors, for the owner.
    public const string WaitApplicant = "wait-applicant";
    public const string WaitApplicantLast = "wait-applicant-last";
    public const string WaitExtension = "wait-extension";
    public const string WaitOfficer = "wait-officer";
    public const string WaitSupervisor = "wait-supervisor";
    public const string WaitCitizen = "wait-citizen";

    // Money that does not fit: it is looked at, a part is still due, it will be given back, it was.
    public const string MoneyCaseOpened = "money-case-opened";
    public const string MoneyRestDue = "money-rest-due";
    public const string MoneyRefundPromised = "money-refund-promised";
    public const string MoneyRefunded = "money-refunded";

    /// <summary>How the account is signed in to has changed.</summary>
    public const string AccountSecurityChanged = "account-security-changed";

    /// <summary>Where the owner is reached has changed.</summary>
    public const string ContactPointsChanged = "contact-points-changed";

    /// <summary>Notices do not reach the owner: contact details are to be checked.</summary>
    public const string ContactFailing = "contact-failing";

    // Told again shortly before the time is over, when it still holds.
    public const string PaymentReminder = "payment-reminder";
    public const string SupplementReminder = "supplement-reminder";

    /// <summary>What came since the summary before, in one mail.</summary>
    public const string Digest = "digest";

    /// <summary>How satisfied the owner is with a finished dossier; nobody has to answer.</summary>
    public const string RatingInvited = "rating-invited";

    // Electronic signatures: it is one's turn, still is, and how it ended for who asked.
    public const string SigningRequested = "signing-requested";
    public const string SigningReminder = "signing-reminder";
    public const string SigningCompleted = "signing-completed";
    public const string SigningRefused = "signing-refused";
    public const string SigningExpired = "signing-expired";

    /// <summary>A report that an official has subscribed to was made.</summary>
    public const string ReportReady = "report-ready";

    public const string Code = "code";
    public const string OccurredAt = "occurredAt";
    public const string Amount = "amount";
    public const string Deadline = "deadline";
    public const string Link = "link";

    /// <summary>What the dossier waits for, in the reader's words; see <see cref="WaitReasons"/>.</summary>
    public const string Wait = "wait";

    /// <summary>What has changed, in the reader's words (see <see cref="AccountChanges"/>), or which report it is.</summary>
    public const string What = "what";

    /// <summary>How many, in digits.</summary>
    public const string Count = "count";

    /// <summary>Several lines, one per notice.</summary>
    public const string List = "list";

    public static readonly IReadOnlyDictionary<string, IReadOnlySet<string>> Variables = new Dictionary<string, IReadOnlySet<string>>(StringComparer.Ordinal)
    {
        [DossierSubmitted] = Set(Code, OccurredAt, Link),
        [PaymentRequested] = Set(Code, OccurredAt, Link, Amount, Deadline),
        [PaymentSettled] = Set(Code, OccurredAt, Link, Amount),
        [PaymentWaived] = Set(Code, OccurredAt, Link, Amount),
        [DossierAccepted] = Set(Code, OccurredAt, Link, Deadline),
        [DossierDeadlineChanged] = Set(Code, OccurredAt, Link, Deadline),
        [DossierResultReady] = Set(Code, OccurredAt, Link),
        [DossierResultEarly] = Set(Code, OccurredAt, Link, Deadline),
        [DossierReturned] = Set(Code, OccurredAt, Link),
        [DossierSupplementRequested] = Set(Code, OccurredAt, Link, Deadline),
        [DossierSupplemented] = Set(Code, OccurredAt, Link),
        [DossierNotAccepted] = Set(Code, OccurredAt, Link),
        [DossierRefused] = Set(Code, OccurredAt, Link),
        [DossierStopped] = Set(Code, OccurredAt, Link),
        [DossierWithdrawn] = Set(Code, OccurredAt, Link),
        [DossierFeeDue] = Set(Code, OccurredAt, Link, Amount, Deadline),
        [DossierDeadlineExtended] = Set(Code, OccurredAt, Link, Deadline),
        [DossierResultCorrected] = Set(Code, OccurredAt, Link),
        [DossierDraftExpiring] = Set(OccurredAt, Link, Deadline),
        [DossierOverdue] = Set(Code, OccurredAt, Link, Deadline),
        [DossierOverdueAgain] = Set(Code, OccurredAt, Link),
        [WaitApplicant] = Set(Code, OccurredAt, Link, Wait, Deadline),
        [WaitApplicantLast] = Set(Code, OccurredAt, Link, Wait, Deadline),
        [WaitExtension] = Set(Code, OccurredAt, Link, Wait, Deadline),
        [WaitOfficer] = Set(Code, OccurredAt, Link, Wait, Deadline),
        [WaitSupervisor] = Set(Code, OccurredAt, Link, Wait, Deadline),
        [WaitCitizen] = Set(Code, OccurredAt, Link, Wait, Deadline),
        [MoneyCaseOpened] = Set(Code, OccurredAt, Link, Amount, Deadline),
        [MoneyRestDue] = Set(Code, OccurredAt, Link, Amount, Deadline),
        [MoneyRefundPromised] = Set(Code, OccurredAt, Link, Amount),
        [MoneyRefunded] = Set(Code, OccurredAt, Link, Amount),
        [SigningRequested] = Set(OccurredAt, Link, Deadline),
        [SigningReminder] = Set(OccurredAt, Link, Deadline),
        [SigningCompleted] = Set(OccurredAt, Link),
        [SigningRefused] = Set(OccurredAt, Link),
        [SigningExpired] = Set(OccurredAt, Link),
        [AccountSecurityChanged] = Set(What, OccurredAt, Link),
        [ContactPointsChanged] = Set(What, OccurredAt, Link),
        [ContactFailing] = Set(What, OccurredAt, Link),
        [PaymentReminder] = Set(Code, OccurredAt, Link, Deadline),
        [SupplementReminder] = Set(Code, OccurredAt, Link, Deadline),
        [RatingInvited] = Set(Code, OccurredAt, Link),
        [Digest] = Set(Count, List, Link),
        [ReportReady] = Set(What, List, OccurredAt, Deadline, Link),
    };

    /// <summary>What must not be read on a locked screen or by a carrier: it stands in the inbox and in mails only.</summary>
    public static readonly IReadOnlySet<string> Private = Set(Amount, List);

    /// <summary>False for what has no words for SMS and devices: summaries, reports, and that a telephone cannot be reached.</summary>
    public static bool IsToldByTelephone(string kind) => kind is not (Digest or ContactFailing or ReportReady);

    /// <summary>How a notice may be treated on its way.</summary>
    public static NoticeClass ClassOf(string kind) => kind switch
    {
        AccountSecurityChanged or ContactPointsChanged => NoticeClass.Urgent,
        SigningReminder or WaitApplicant or WaitApplicantLast or PaymentReminder or SupplementReminder or Digest => NoticeClass.Reminder,
        RatingInvited => NoticeClass.Optional,
        _ => NoticeClass.Status,
    };

    private static HashSet<string> Set(params string[] names) => new(names, StringComparer.Ordinal);
}
