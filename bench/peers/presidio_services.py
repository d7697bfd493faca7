"""Presidio's two services: the routes that a guardrail asks, over Presidio's own engines.

The servers of Presidio's images are no part of its packages; these do on these routes what those do, and are served in
the same way (gunicorn, one worker). Run in an environment that has Presidio, not in the gateway's.
"""

import json
import os

from flask import Flask, Response, request


def analyzer() -> Flask:
    """Return the service that finds, with every recogniser that Presidio offers for French."""
    from presidio_analyzer import AnalyzerEngine, AnalyzerRequest, RecognizerRegistry  # noqa: PLC0415  (one service each)
    from presidio_analyzer.nlp_engine import NlpEngineProvider  # noqa: PLC0415
    from tldextract import tldextract  # noqa: PLC0415

    tldextract.TLD_EXTRACTOR.suffix_list_urls = ()  # else it asks the network for a list
    models = [{"lang_code": "fr", "model_name": os.environ["SPACY_MODEL"]}]
    nlp = NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy", "models": models}).create_engine()
    registry = RecognizerRegistry(supported_languages=["fr"])
    registry.load_predefined_recognizers(languages=["fr"], nlp_engine=nlp)
    engine = AnalyzerEngine(registry=registry, nlp_engine=nlp, supported_languages=["fr"])
    app = Flask(__name__)

    @app.post("/analyze")
    def analyze() -> Response:
        asked = AnalyzerRequest(request.get_json())
        found = engine.analyze(
            text=asked.text,
            language=asked.language,
            entities=asked.entities,
            score_threshold=asked.score_threshold,
            ad_hoc_recognizers=asked.ad_hoc_recognizers,
            context=asked.context,
        )
        rows = [{"start": f.start, "end": f.end, "score": f.score, "entity_type": f.entity_type} for f in found]
        return Response(json.dumps(rows), mimetype="application/json")

    return app


def anonymizer() -> Flask:
    """Return the service that replaces."""
    from presidio_anonymizer import AnonymizerEngine  # noqa: PLC0415
    from presidio_anonymizer.services.app_entities_convertor import AppEntitiesConvertor  # noqa: PLC0415

    engine = AnonymizerEngine()
    app = Flask(__name__)

    @app.post("/anonymize")
    def anonymize() -> Response:
        asked = request.get_json()
        made = engine.anonymize(
            text=asked["text"],
            analyzer_results=AppEntitiesConvertor.analyzer_results_from_json(asked["analyzer_results"]),
            operators=AppEntitiesConvertor.operators_config_from_json(asked.get("anonymizers")),
        )
        return Response(made.to_json(), mimetype="application/json")

    return app
