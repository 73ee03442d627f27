using System.Xml.Linq;
using HaLong.Identity.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Keys;

/// <summary>
/// Part of <c>migrate</c>: what is still sealed under one of <c>Keys:PreviousPasswords</c> is sealed anew under <c>Keys:Password</c>. Afterwards
/// the previous passwords are needed no more. Only keys lie directly under the password, so this is a matter of a few rows.
/// </summary>
internal sealed partial class PasswordChange(IdentityDbContext db, KeyVault vault, ILogger<PasswordChange> logger)
{
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var count = 0;
        foreach (var key in await db.ServerKeys.AsNoTracking().ToListAsync(ct))
        {
            if (vault.Rewrap(KeyVault.ServerKeys, key.Id, key.Sealed) is { } box)
                count += await db.ServerKeys.Where(k => k.Id == key.Id).ExecuteUpdateAsync(s => s.SetProperty(k => k.Sealed, box), ct);
        }

        foreach (var key in await db.DataKeys.Where(k => k.DestroyedAt == null).ToListAsync(ct))
        {
            if (vault.Rewrap(KeyVault.DataKeys, key.Id.ToString(), key.Wrapped) is not { } box)
                continue;
            key.Wrapped = box;
            count++;
        }

        foreach (var key in await db.DataProtectionKeys.AsNoTracking().ToListAsync(ct))
        {
            var xml = XElement.Parse(key.Xml);
            var boxes = xml.Descendants("sealed").Select(e => (Element: e, Box: vault.Rewrap(KeyVault.DataProtection, "", Convert.FromBase64String(e.Value))))
                .Where(e => e.Box is not null).ToList();
            if (boxes.Count == 0)
                continue;
            foreach (var (element, box) in boxes)
                element.Value = Convert.ToBase64String(box!); // Filtered above.
            var text = xml.ToString(SaveOptions.DisableFormatting);
            count += await db.DataProtectionKeys.Where(k => k.Name == key.Name).ExecuteUpdateAsync(s => s.SetProperty(k => k.Xml, text), ct);
        }

        await db.SaveChangesAsync(ct);
        if (count > 0)
            LogRewrapped(logger, count);
        return count;
    }

    [LoggerMessage(601, LogLevel.Information, "{Count} keys are sealed under the new Keys:Password; Keys:PreviousPasswords are needed no more")]
    private static partial void LogRewrapped(ILogger logger, int count);
}
