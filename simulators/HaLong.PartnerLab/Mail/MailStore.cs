namespace HaLong.PartnerLab.Mail;

/// <summary>The newest messages, in memory, bounded by number and by size.</summary>
internal sealed class MailStore
{
    private const int MaxMessages = 2000;
    private const long MaxBytes = 64 * 1024 * 1024;
    private readonly Lock gate = new();
    private readonly LinkedList<Mail> mails = [];
    private long bytes;

    public IReadOnlyList<Mail> All
    {
        get
        {
            lock (gate)
                return [.. mails];
        }
    }

    public void Add(Mail mail)
    {
        lock (gate)
        {
            mails.AddLast(mail);
            bytes += mail.Content.Length;
            while (mails.First is { } oldest && mails.Count > 1 && (mails.Count > MaxMessages || bytes > MaxBytes))
            {
                bytes -= oldest.Value.Content.Length;
                mails.RemoveFirst();
            }
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            mails.Clear();
            bytes = 0;
        }
    }
}
