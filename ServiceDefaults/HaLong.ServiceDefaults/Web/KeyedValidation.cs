using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace HaLong.ServiceDefaults;

/// <summary>Data annotations, with the configuration key in the message: what an operator has to set.</summary>
internal sealed class KeyedValidation<TOptions>(string section) : IValidateOptions<TOptions>
    where TOptions : class
{
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        var results = new List<ValidationResult>();
        if (Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true))
        {
            return ValidateOptionsResult.Success;
        }

        return ValidateOptionsResult.Fail(results.Select(r => string.Join(", ", r.MemberNames.Select(KeyOf).DefaultIfEmpty(section)) + ": " + r.ErrorMessage));
    }

    private string KeyOf(string member) => section.Length == 0 ? member : section + ":" + member;
}
