namespace HaLong.Notifications.Domain;

/// <summary>How a notice may be treated on its way; the smaller goes first.</summary>
internal enum NoticeClass
{
    /// <summary>Cannot wait for the morning: the security of an account, a request to sign that runs out.</summary>
    Urgent = 0,

    /// <summary>What happened to a dossier: at once into the inbox and the mailbox, by telephone not at night (Decree 224/2026, art. 15).</summary>
    Status = 1,

    /// <summary>Tells again what was told before, when it still holds.</summary>
    Reminder = 2,

    /// <summary>What no law and no dossier demands: only for who has not opted out.</summary>
    Optional = 3,
}
