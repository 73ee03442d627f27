using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Deadlines;

/// <summary>Settings of the deadlines, section <c>Deadlines</c>.</summary>
internal sealed class DeadlineOptions
{
    public const string Section = "Deadlines";

    /// <summary>Rules of the city instead of the platform's own (Data/deadline-rules.json).</summary>
    public string? RulesFile { get; set; }

    /// <summary>How old the calendar in the process may be before it asks for changes.</summary>
    public TimeSpan CalendarMaxAge { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How often it is looked whether due dates have to be counted again.</summary>
    public TimeSpan RecountInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many dossiers are counted again in one transaction.</summary>
    [Range(1, 1000)]
    public int RecountBatch { get; set; } = 100;
}

/// <summary>A rules file that cannot be read stops the service at its start and says why.</summary>
internal sealed class RulesFileCheck : IValidateOptions<DeadlineOptions>
{
    public ValidateOptionsResult Validate(string? name, DeadlineOptions options)
    {
        try
        {
            DeadlineData.Rules(options.RulesFile);
            return ValidateOptionsResult.Success;
        }
        catch (InvalidOperationException e)
        {
            return ValidateOptionsResult.Fail(e.Message);
        }
    }
}
