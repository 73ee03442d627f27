using System.Globalization;
using HaLong.Notifications.Contacts;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Templates;
using HaLong.Notifications.Workers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Planning;

/// <summary>
/// Makes one letter of what can wait. The letters that it gathers are in the queue like all others, due half an hour later: what nobody gathers
/// goes by itself, and what is already on its way is not gathered. Nothing is lost and nothing is told twice.
/// </summary>
internal sealed class DigestGatherer(
    NotificationDbContext db, ContactBook contacts, ConditionBook conditions, TemplateCatalog templates, RuleMetrics metrics,
    IOptions<PlatformOptions> platform, TimeProvider clock)
{
    public const string Gathered = "gathered";

    /// <summary>Gathers for one person who has something due, in a transaction of its own; false when nobody has.</summary>
    /// <param name="passed">People who could not be gathered for in this round, and are passed over.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<bool> GatherNextAsync(ISet<Guid> passed, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var waiting = db.Set<DigestItem>().AsNoTracking().Where(i => i.Slot <= now && !passed.Contains(i.RecipientId));
        if (await waiting.OrderBy(i => i.Slot).Select(i => (Guid?)i.RecipientId).FirstOrDefaultAsync(ct) is not { } person)
            return false;
        passed.Add(person);
        // Identity is away: later, and if it stays away each letter goes by itself when it is back.
        if (await contacts.FindAsync(person, ct) is { } contact)
            await GatherAsync(person, contact, now, ct);
        return true;
    }

    private async Task GatherAsync(Guid person, Contact contact, DateTimeOffset now, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var items = await db.Set<DigestItem>()
            .FromSql($"SELECT * FROM digest_item WHERE recipient_id = {person} AND slot <= {now} FOR UPDATE SKIP LOCKED").ToListAsync(ct);
        var ids = items.ConvertAll(i => i.MessageId);
        var letters = await db.Messages.Where(m => ids.Contains(m.Id) && m.State == MessageState.Pending && m.Attempts == 0).OrderBy(m => m.Id).ToListAsync(ct);
        var still = new List<Message>();
        foreach (var letter in letters)
        {
            if (letter.Class == NoticeClass.Optional && !contact.OptionalMessages || !await conditions.HoldsAsync(letter.Condition, letter.DossierId, ct))
                letter.End(MessageState.Cancelled, Sending.SendGate.Unfounded);
            else
                still.Add(letter);
        }

        if (still is [var only])
            only.Schedule(now);
        else if (still.Count > 1)
            await BindAsync(person, contact, still, now, ct);
        db.RemoveRange(items);
        await db.SaveChangesAsync(ct);
        await db.Database.ExecuteSqlAsync($"SELECT pg_notify({Signals.MailChannel}, '')", ct);
        await transaction.CommitAsync(ct);
    }

    private async Task BindAsync(Guid person, Contact contact, List<Message> letters, DateTimeOffset now, CancellationToken ct)
    {
        var text = await templates.RenderAsync(NoticeKinds.Digest, contact.Language, ValuesOf(letters, contact.Language, now), ct);
        foreach (var letter in letters)
            letter.End(MessageState.Cancelled, Gathered);
        var digest = new Message
        {
            Id = Guid.CreateVersion7(now),
            RecipientId = person,
            Kind = NoticeKinds.Digest,
            Class = letters.TrueForAll(l => l.Class == NoticeClass.Optional) ? NoticeClass.Optional : NoticeClass.Reminder,
            Trigger = $"{letters[0].Id:N}",
            Channel = MessageChannel.Email,
            Language = contact.Language,
            Title = text.Subject,
            Body = text.Text,
            Html = text.Html,
            TemplateVersion = text.Version,
            CreatedAt = now,
        };
        digest.Schedule(now);
        db.Add(digest);
        metrics.Gathered(letters.Count);
    }

    private Dictionary<string, string> ValuesOf(List<Message> letters, string language, DateTimeOffset now) => new(StringComparer.Ordinal)
    {
        [NoticeKinds.Count] = letters.Count.ToString(CultureInfo.InvariantCulture),
        [NoticeKinds.List] = string.Join("\n", letters.Select(l => "• " + l.Title)),
        [NoticeKinds.OccurredAt] = NoticeValues.Time(now, language),
        [NoticeKinds.Link] = platform.Value.PublicUrl,
    };
}
