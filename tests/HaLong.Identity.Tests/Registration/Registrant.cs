using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace HaLong.Identity.Tests.Registration;

/// <summary>Somebody who registers, with a number and telephone of his own.</summary>
internal sealed class Registrant
{
    public const string GoodPassword = "mot con vit xoe ra hai cai canh 7";

    private static int _count = Random.Shared.Next(100_000, 800_000);

    public Registrant(string? personalNumber = null)
    {
        var number = Interlocked.Increment(ref _count);
        PersonalNumber = personalNumber ?? $"022085{number:D6}";
        Phone = $"+8491{number:D7}";
    }

    public string PersonalNumber { get; init; }

    public string Phone { get; init; }

    public string National => "0" + Phone[3..];

    public Dictionary<string, object?> Form => new()
    {
        ["personalNumber"] = PersonalNumber,
        ["fullName"] = "Đỗ Thị Bưởi",
        ["birthDate"] = "1985-04-12",
        ["sex"] = "male",
        ["phone"] = National,
        ["email"] = "buoi@halong.example",
        ["language"] = "vi",
        ["termsVersion"] = 1,
        ["termsAccepted"] = true,
    };

    public static async Task<(HttpStatusCode Status, JsonElement Body)> ReadAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync();
            return (answer.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text));
        }
    }

    public async Task<(HttpStatusCode Status, JsonElement Body)> StartAsync(HttpClient http, params (string Name, object? Value)[] changes)
    {
        var form = Form;
        foreach (var (name, value) in changes)
            form[name] = value;
        return await ReadAsync(await http.PostAsJsonAsync("/api/v1/registrations", form));
    }

    public static async Task<(HttpStatusCode Status, JsonElement Body)> ConfirmAsync(HttpClient http, Guid id, string code, string? userName = null, string password = GoodPassword) =>
        await ReadAsync(await http.PostAsJsonAsync($"/api/v1/registrations/{id}/confirmation", new { code, userName, password }));

    /// <summary>Registers to the end, and says what the last answer was.</summary>
    public async Task<HttpStatusCode> RegisterAsync(IdentitySite site, string? userName = null)
    {
        using var http = site.Service.Client();
        var number = site.Phones.CodesOf(Phone).Count + 1;
        var (started, body) = await StartAsync(http);
        Assert.True(started == HttpStatusCode.Accepted, body.ToString());
        return (await ConfirmAsync(http, body.GetProperty("id").GetGuid(), await site.Phones.CodeAsync(Phone, number), userName)).Status;
    }
}
