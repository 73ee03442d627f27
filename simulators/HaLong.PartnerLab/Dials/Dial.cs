namespace HaLong.PartnerLab.Dials;

/// <summary>One fault that is switched on.</summary>
/// <param name="Name">Which fault, e.g. bank.drop.</param>
/// <param name="Value">How much: milliseconds, copies, a status, a difference in đồng, or 1 for "on".</param>
/// <param name="Times">Uses left; null = until switched off.</param>
/// <param name="Target">Only for this webhook name, telephone number or order number; null = for all.</param>
internal sealed record Dial(string Name, double Value, int? Times, string? Target);
