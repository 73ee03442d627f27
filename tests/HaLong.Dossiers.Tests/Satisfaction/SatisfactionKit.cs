using System.Globalization;
using System.Net.Http.Json;
using HaLong.Dossiers.Satisfaction;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Satisfaction;

/// <summary>Dossiers that can be rated, ratings, and feedback, without the way that leads there.</summary>
internal static class SatisfactionKit
{
    private static int units;

    /// <summary>A unit that nobody else has, below the province.</summary>
    public static string NewUnit() => string.Create(CultureInfo.InvariantCulture,
        $"06{Environment.ProcessId % 1000:000}{Interlocked.Increment(ref units):0000}");

    /// <summary>A filed dossier of the person, moved to a state by hand.</summary>
    public static async Task<Guid> DossierAsync(DossierFixture dossiers, HttpClient owner, string status = "RESOLVED")
    {
        var id = await SubmittedAsync(owner, Free);
        await dossiers.InDbAsync(db => db.Database.ExecuteSqlAsync($"UPDATE dossier SET status = {status} WHERE id = {id}", Ct));
        return id;
    }

    /// <summary>Ratings of dossiers, one a minute, of a unit and a procedure of the test's own.</summary>
    public static async Task RateAsync(DossierFixture dossiers, string unit, string procedure, DateTimeOffset at, params (int Stars, string? Comment)[] ratings)
    {
        var owner = dossiers.Citizen();
        for (var i = 0; i < ratings.Length; i++)
        {
            var (id, rating, moment) = ((await OpenAsync(owner, Free)).GetProperty("id").GetGuid(), ratings[i], at.ToUniversalTime().AddMinutes(i));
            await dossiers.InDbAsync(db =>
            {
                db.Add(new DossierRating
                {
                    DossierId = id,
                    Stars = (short)rating.Stars,
                    Comment = rating.Comment,
                    RatedBy = Guid.CreateVersion7(),
                    RatedAt = moment,
                    ChangedAt = moment,
                    UnitCode = unit,
                    ProcedureCode = procedure,
                });
                return db.SaveChangesAsync(Ct);
            });
        }
    }

    public static Task<HttpResponseMessage> PutAsync(HttpClient client, Guid id, object body) =>
        client.PutAsJsonAsync($"/api/v1/dossiers/{id}/rating", body, Ct);

    /// <summary>Feedback about a unit; its id.</summary>
    public static async Task<Guid> SendAsync(HttpClient client, string unit, string? procedure = null, string text = "Chờ quá lâu ở quầy.") =>
        (await BodyAsync(await client.PostAsJsonAsync("/api/v1/feedback", new { unitCode = unit, procedureCode = procedure, kind = "complaint", text }, Ct),
            System.Net.HttpStatusCode.Created))
        .GetProperty("id").GetGuid();

    public static Task<HttpResponseMessage> StepAsync(HttpClient client, Guid id, string step, object body, string? ifMatch = null, bool admin = true,
        string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/{(admin ? "admin/" : "")}feedback/{id}/{step}") { Content = JsonContent.Create(body) };
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        return client.SendAsync(request, Ct);
    }

    public static HttpClient Chief(DossierFixture dossiers, string unit) => dossiers.Official(Roles.Chief, unit);
}
