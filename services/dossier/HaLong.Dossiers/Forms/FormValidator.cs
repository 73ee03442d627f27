using System.Globalization;
using System.Text.Json;
using Json.Schema;

namespace HaLong.Dossiers.Forms;

/// <summary>
/// The JSON Schema library, told to speak in parameters: its sentences are English only, so each of its messages is made the bare parameter of the
/// keyword, and <see cref="FieldSentences"/> makes the sentence.
/// </summary>
internal sealed class FormValidator
{
    private static readonly EvaluationOptions Options = Prepare();
    private readonly JsonSchema schema;

    public FormValidator(JsonElement schema)
    {
        // Bound to its own registry: two versions of a form must not meet in the global one.
        this.schema = JsonSchema.Build(schema, new BuildOptions { SchemaRegistry = new SchemaRegistry() });
    }

    /// <summary>Everything that does not fit: where, which keyword (empty for a place that may not exist), and its parameter.</summary>
    public IEnumerable<(string Pointer, string Keyword, string Parameter)> Check(JsonElement data)
    {
        var results = schema.Evaluate(data, Options);
        if (results.IsValid)
            return [];
        return (results.Details ?? []).Prepend(results).Where(d => d.Errors is not null && !IsCondition(d))
            .SelectMany(d => d.Errors!.Select(e => (d.InstanceLocation.ToString(), e.Key, e.Value)));
    }

    // The "if" of a condition that does not hold is no mistake.
    private static bool IsCondition(EvaluationResults result) => result.EvaluationPath.ToString().Split('/') is ["", "allOf", _, "if", ..];

    private static EvaluationOptions Prepare()
    {
        ErrorMessages.Required = "[[missing]]";
        ErrorMessages.Type = "[[expected]]";
        ErrorMessages.MinLength = ErrorMessages.MaxLength = ErrorMessages.MinItems = ErrorMessages.MaxItems = "[[limit]]";
        ErrorMessages.Minimum = ErrorMessages.Maximum = ErrorMessages.ExclusiveMinimum = ErrorMessages.ExclusiveMaximum = "[[limit]]";
        ErrorMessages.MultipleOf = "[[divisor]]";
        foreach (var format in FieldFormats.All.Values)
            FormatRegistry.Global.Register(new PredicateFormat(format.Name, e => Fits(format, e)));
        var options = new EvaluationOptions { OutputFormat = OutputFormat.List, RequireFormatValidation = true, Culture = CultureInfo.InvariantCulture };
        options.IgnoreAllAnnotations();
        return options;
    }

    private static bool Fits(FieldFormat format, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => format.Fits(value.GetString()!),
        JsonValueKind.Number => format.Fits(value.GetRawText()),
        _ => true,
    };
}
