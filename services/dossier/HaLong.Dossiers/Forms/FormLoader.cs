using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Forms;

/// <summary>
/// Brings Data/forms into the database, in the run mode <c>migrate</c> and after the catalogue. Running it again changes nothing; a form whose content
/// changed becomes a new version from today on, and dossiers stay with the version they were opened with. A form with a defect stops the run.
/// </summary>
internal sealed partial class FormLoader(DossierDbContext db, TimeProvider time, ILogger<FormLoader> log)
{
    private const string Folder = "Data.forms.";

    public async Task LoadAsync(CancellationToken ct)
    {
        var added = await LoadAsync(Files(), ct);
        Loaded(log, added);
    }

    /// <summary>The texts of the forms that the service carries.</summary>
    public static IReadOnlyList<string> Files() =>
    [
        .. typeof(FormLoader).Assembly.GetManifestResourceNames().Where(n => n.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(Read),
    ];

    /// <summary>Reads and checks a form.</summary>
    /// <exception cref="InvalidOperationException">The form has defects; the message names them all.</exception>
    public static FormFile Parse(string text)
    {
        FormFile form;
        try
        {
            form = JsonSerializer.Deserialize<FormFile>(text, FormFile.Json) ?? throw new JsonException("The form is empty.");
        }
        catch (JsonException e)
        {
            throw new InvalidOperationException("A form cannot be read: " + e.Message, e);
        }

        var defects = FormFileCheck.Check(form);
        return defects.Count == 0 ? form : throw new InvalidOperationException($"Form {form.Form} has defects:\n{string.Join('\n', defects)}");
    }

    /// <summary>Loads forms; gives the number of new versions.</summary>
    public async Task<int> LoadAsync(IReadOnlyList<string> texts, CancellationToken ct)
    {
        var forms = texts.Select(t => (Form: Parse(t), Text: Compact(t))).SelectMany(f => f.Form.Procedures.Select(p => (Procedure: p, f.Form.Form, f.Text))).ToList();
        if (forms.GroupBy(f => f.Procedure).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new InvalidOperationException($"Two forms are for procedure {twice.Key}.");
        var codes = forms.Select(f => f.Procedure).Where(p => p != FormFile.AnyProcedure).ToList();
        var known = await db.Procedures.Where(p => p.ValidTo == null && codes.Contains(p.Code)).Select(p => p.Code).ToListAsync(ct);
        if (codes.Except(known).FirstOrDefault() is { } unknown)
            throw new InvalidOperationException($"A form is for procedure {unknown}, which is not in the catalogue.");

        var today = LocalTime.Date(time.GetUtcNow());
        var inForce = await db.Set<FormVersion>().Where(f => f.ValidTo == null).ToDictionaryAsync(f => f.ProcedureCode, ct);
        var added = 0;
        foreach (var (procedure, name, text) in forms)
        {
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
            var old = inForce.GetValueOrDefault(procedure);
            if (old?.ContentHash == hash)
                continue;
            if (old is not null)
            {
                old.EndBefore(today);
                // Saved on its own: no two versions may be in force at once, not even within one statement batch.
                await db.SaveChangesAsync(ct);
            }
            db.Add(new FormVersion { Id = Guid.CreateVersion7(), ProcedureCode = procedure, Form = name, Content = text, ContentHash = hash, ValidFrom = today });
            added++;
        }
        await db.SaveChangesAsync(ct);
        return added;
    }

    // White space is for who reads the file, and makes no new version.
    private static string Compact(string text) => JsonSerializer.Serialize(JsonElement.Parse(text), DataFiles.Json);

    private static string Read(string resource)
    {
        using var reader = new StreamReader(typeof(FormLoader).Assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }

    [LoggerMessage(4011, LogLevel.Information, "Forms: {Versions} new versions")]
    private static partial void Loaded(ILogger log, int versions);
}
