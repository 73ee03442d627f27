using System.IO.Compression;
using System.Net;
using System.Text.Json;
using HaLong.Dossiers.Archive;
using HaLong.Dossiers.Domain;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Archive;

/// <summary>Dossiers that are over, and what is done with them.</summary>
internal static class Closed
{
    public const string Exports = "/api/v1/admin/archive-exports";
    public const string Lists = "/api/v1/admin/destruction-lists";

    /// <summary>A unit of its own, so that tests do not list each other's dossiers.</summary>
    public static string NewUnit() => "06" + Random.Shared.Next(100_000_000, 999_999_999).ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Withdrawn right after it was filed.</summary>
    public static async Task<Guid> WithdrawnAsync(HttpClient client, string procedure = Free, string unit = Unit)
    {
        var id = await SubmittedAsync(client, procedure, unit);
        await BodyAsync(await PostAsync(client, id, "withdrawal", new { reason = "Không cần nữa" }));
        return id;
    }

    /// <summary>Returned with its result.</summary>
    public static async Task<Guid> ReturnedAsync(DossierFixture dossiers, HttpClient client)
    {
        var id = await dossiers.ResolvedAsync(client);
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Reception), id, "return", new { receivedBy = "Nguyễn Văn Dân" }));
        await SealedAsync(dossiers, id);
        return id;
    }

    /// <summary>Waits until all papers of a dossier are sealed.</summary>
    public static Task SealedAsync(DossierFixture dossiers, Guid id) => Eventually.Async(
        () => dossiers.InDbAsync(async db => !await ArchivePapers.Unsealed(db, inside: true).AnyAsync(d => d.Id == id, Ct)), "the papers are sealed");

    /// <summary>Makes it end so many years ago.</summary>
    public static Task<bool> AgeAsync(DossierFixture dossiers, Guid id, int years) => dossiers.InDbAsync(async db =>
    {
        await using var transaction = await db.Database.BeginTransactionAsync(Ct);
        await db.Database.ExecuteSqlAsync($"SELECT set_config('halong.destroying', 'on', true)", Ct);
        await db.Database.ExecuteSqlAsync($"UPDATE dossier SET closed_at = closed_at - make_interval(years => {years}) WHERE id = {id}", Ct);
        await transaction.CommitAsync(Ct);
        return true;
    });

    public static HttpClient Administrator(this DossierFixture dossiers, string unit, bool strong = true, Guid? id = null) =>
        dossiers.Factory.Client(dossiers.Identity.Token(id, [Roles.Administrator], unit, strong: strong));

    public static Task RoundAsync(this DossierFixture dossiers) => dossiers.Factory.Services.GetRequiredService<ArchiveRounds>().RunAsync(Ct);

    public static Task<HttpResponseMessage> SendAsync(HttpClient client, string path, object? body = null, string? key = null, HttpMethod? method = null, string? ifMatch = null)
    {
        var request = new HttpRequestMessage(method ?? HttpMethod.Post, path) { Content = body is null ? null : System.Net.Http.Json.JsonContent.Create(body) };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return client.SendAsync(request, Ct);
    }

    /// <summary>A list of everything that is due in the unit, approved by somebody else and executed.</summary>
    public static async Task<Guid> DestroyedAsync(DossierFixture dossiers, string unit)
    {
        var list = (await BodyAsync(await SendAsync(dossiers.Administrator(unit), Lists, new { unit, legalBasis = "Quyết định số 1" }), HttpStatusCode.Created)).GetProperty("id").GetGuid();
        await BodyAsync(await SendAsync(dossiers.Administrator(unit), $"{Lists}/{list}/approval"));
        await Eventually.Async(async () =>
        {
            await dossiers.RoundAsync();
            return (await GetAsync(dossiers.Administrator(unit), $"{Lists}/{list}")).GetProperty("state").GetString() == "executed";
        }, "the list is executed");
        return list;
    }

    /// <summary>Entries of a ZIP by name.</summary>
    public static async Task<Dictionary<string, byte[]>> UnpackAsync(Stream zip)
    {
        await using var archive = await ZipArchive.CreateAsync(zip, ZipArchiveMode.Read, leaveOpen: false, entryNameEncoding: null, Ct);
        var entries = new Dictionary<string, byte[]>();
        foreach (var entry in archive.Entries)
        {
            await using var content = await entry.OpenAsync(Ct);
            using var copy = new MemoryStream();
            await content.CopyToAsync(copy, Ct);
            entries[entry.FullName] = copy.ToArray();
        }
        return entries;
    }

    public static Task<Dossier> RowAsync(DossierFixture dossiers, Guid id) => dossiers.InDbAsync(db => db.Dossiers.AsNoTracking().SingleAsync(d => d.Id == id, Ct));

    public static JsonElement Json(byte[] content) => JsonElement.Parse(content);
}
