using System.Text.Json;

namespace HaLong.Identity.Seeding;

/// <summary>The data files that travel inside the assembly.</summary>
internal static class ReferenceData
{
    public static T Read<T>(string file)
    {
        using var stream = typeof(ReferenceData).Assembly.GetManifestResourceStream(file)
            ?? throw new InvalidOperationException($"{file} is missing from the assembly.");
        return JsonSerializer.Deserialize<T>(stream, JsonSerializerOptions.Web) ?? throw new InvalidOperationException($"{file} is empty.");
    }

    internal sealed record DemoData(List<DemoAccount> Accounts, List<DemoResident> Residents);

    /// <summary>Comes to the counter and cannot sign in.</summary>
    internal sealed record DemoResident(Guid Id, string DisplayName, string PersonalNumber, string Phone, string Language);

    internal sealed record DemoAccount(
        Guid Id, string Role, string UserName, string DisplayName, string PersonalNumber, string? Unit, string? HelperKind, string? Title,
        string Email, string Phone, string Language);
}
